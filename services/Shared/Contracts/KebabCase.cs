using System.Text.Json;
using System.Text.Json.Serialization;

namespace MiStore.Contracts;

/// <summary>Enums travel as words, the same on the web and on the bus: <c>SoldOut</c> is <c>"sold-out"</c>.</summary>
public sealed class KebabCase<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;

using System.Data;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;

namespace MiStore.ServiceDefaults;

/// <summary>
/// Instants are RFC 3339 in UTC, with a Z, on the way out; any offset is understood on the way in. Without one a time is
/// no instant: it would mean another moment on every server.
/// </summary>
sealed class InstantJson : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? "";
        var time = text.IndexOf('T');
        return time > 0 && text.AsSpan(time).IndexOfAny('Z', '+', '-') > 0
            ? reader.GetDateTimeOffset().ToUniversalTime()
            : throw new JsonException("An instant has a time and an offset, such as 2015-06-01T00:00:00Z.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
}

/// <summary>A timestamptz column is a DateTimeOffset in UTC; Npgsql hands it out as a DateTime.</summary>
sealed class InstantColumn : SqlMapper.TypeHandler<DateTimeOffset>
{
    public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.ToUniversalTime();

    public override DateTimeOffset Parse(object value) => value switch
    {
        DateTimeOffset instant => instant,
        DateTime utc => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)),
        _ => throw new DataException($"{value.GetType()} is not an instant."),
    };
}

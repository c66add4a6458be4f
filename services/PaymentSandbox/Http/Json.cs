using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MiStore.PaymentSandbox.Http;

/// <summary>JSON written by hand: Stripe's shapes, in the order of its documentation, byte for byte repeatable.</summary>
static class Json
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A page of a list, as Stripe writes it.</summary>
    public static string List(string url, bool hasMore, Action<Utf8JsonWriter> data, string kind = "list") => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("object", kind);
        writer.WriteStartArray("data");
        data(writer);
        writer.WriteEndArray();
        writer.WriteBoolean("has_more", hasMore);
        writer.WriteString("url", url);
        writer.WriteEndObject();
    });

    /// <summary>A member that Stripe leaves out when it has nothing to say.</summary>
    public static void OptionalString(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    public static void Metadata(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> metadata)
    {
        writer.WriteStartObject("metadata");
        foreach (var (name, value) in metadata)
            writer.WriteString(name, value);
        writer.WriteEndObject();
    }
}

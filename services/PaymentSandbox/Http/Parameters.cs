using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace MiStore.PaymentSandbox.Http;

/// <summary>
/// What a client sends: a form or a query, with names such as <c>metadata[order_id]</c> and <c>created[gte]</c>. A use
/// case takes what it knows and then calls <see cref="NothingElse"/>: a parameter that is ignored is a client's bug.
/// </summary>
public sealed class Parameters
{
    const int MaxMetadata = 50, MaxMetadataName = 40, MaxMetadataValue = 500;

    static readonly FormOptions Limits = new() { ValueCountLimit = 128, KeyLengthLimit = 256, ValueLengthLimit = 4096 };

    readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal);
    readonly HashSet<string> taken = [];

    Parameters(IEnumerable<KeyValuePair<string, StringValues>> pairs)
    {
        foreach (var (name, value) in pairs)
        {
            if (value.Count != 1 && !name.EndsWith("[]", StringComparison.Ordinal))
                throw StripeError.Invalid(name, $"The parameter {name} is given more than once.");
            if (name.Contains('\0') || value.ToString().Contains('\0'))
                throw StripeError.Invalid(name.Replace("\0", ""), "A parameter contains a null character.");
            values[name] = value.ToString();
        }
    }

    public static async Task<Parameters> OfForm(HttpRequest request)
    {
        if (request.ContentLength == 0 || request is { ContentLength: null, ContentType: null })
            return new Parameters([]);
        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            throw new StripeError(400, StripeError.InvalidRequest, null, "The body must be application/x-www-form-urlencoded.");

        try
        {
            request.HttpContext.Features.Set<IFormFeature>(new FormFeature(request, Limits));
            return new Parameters(await request.ReadFormAsync(request.HttpContext.RequestAborted));
        }
        catch (InvalidDataException exception)
        {
            throw new StripeError(400, StripeError.InvalidRequest, null, exception.Message);
        }
    }

    public static Parameters OfQuery(HttpRequest request) => new(request.Query);

    public string? Text(string name, int maxLength = 1000)
    {
        taken.Add(name);
        if (!values.TryGetValue(name, out var value) || value.Length == 0)
            return null;
        return value.Length <= maxLength
            ? value
            : throw StripeError.Invalid(name, $"Invalid string: {name} must be at most {maxLength} characters.");
    }

    public long? Integer(string name, long min, long max)
    {
        if (Text(name) is not { } text)
            return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw StripeError.Invalid(name, $"Invalid integer: {text}", "parameter_invalid_integer");
        return value >= min && value <= max
            ? value
            : throw StripeError.Invalid(name, $"{name} must be from {min} to {max}.", "parameter_invalid_integer");
    }

    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        var text => throw StripeError.Invalid(name, $"Invalid boolean: {text}"),
    };

    /// <summary>metadata[name]=value: at most 50 of them, names of 40 and values of 500 characters, as at Stripe.</summary>
    public SortedDictionary<string, string> Metadata()
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (!name.StartsWith("metadata[", StringComparison.Ordinal) || !name.EndsWith(']'))
                continue;
            taken.Add(name);
            if (value.Length == 0)
                continue;
            if (name["metadata[".Length..^1] is not { Length: > 0 and <= MaxMetadataName } key
                || key.AsSpan().ContainsAny('[', ']'))
                throw StripeError.Invalid(
                    name, $"Metadata names have 1 to {MaxMetadataName} characters and no square brackets.");
            if (value.Length > MaxMetadataValue)
                throw StripeError.Invalid(name, $"Metadata values can have up to {MaxMetadataValue} characters.");
            metadata[key] = value;
        }
        return metadata.Count <= MaxMetadata
            ? metadata
            : throw StripeError.Invalid("metadata", $"Metadata can have up to {MaxMetadata} entries.");
    }

    /// <summary>Accepts parameters that change nothing here, in any of the ways to write a list or an object.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var given in values.Keys)
        {
            var bracket = given.IndexOf('[');
            if (names.Contains(bracket < 0 ? given : given[..bracket]))
                taken.Add(given);
        }
    }

    public void NothingElse()
    {
        foreach (var name in values.Keys)
        {
            if (!taken.Contains(name))
                throw StripeError.Unknown(name);
        }
    }

    /// <summary>Same request, same bytes, in whatever order the parameters came.</summary>
    public byte[] Fingerprint(string method, string path)
    {
        var text = new StringBuilder(method).Append(' ').Append(path);
        foreach (var (name, value) in values)
            text.Append('\n').Append(name.Length).Append(' ').Append(name).Append('=').Append(value);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}

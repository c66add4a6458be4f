using Microsoft.AspNetCore.Http.Features;
using MiStore.ServiceDefaults;

namespace MiStore.Gateway.Edge;

/// <summary>
/// Turns away what two readers could read in two ways. A path that we match against a route and a service then decodes
/// once more is how one gets past a guard, so such a path gets no further than here; and a body that is too large is
/// refused before anybody is asked to hold it.
/// </summary>
public static class RequestGuard
{
    public static void UseRequestGuard(this WebApplication app) => app.Use((http, next) =>
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!IsPlain(target))
            return Problems.MalformedRequest("The path holds characters that have no place in one of ours.").ExecuteAsync(http);

        if (http.Request.ContentLength > ServiceDefaults.ServiceDefaults.MaxRequestBytes)
        {
            // Nobody reads that body, so the connection ends here. Said aloud, or the client sends its next request into it.
            http.Response.Headers.Connection = "close";
            return TooLarge().ExecuteAsync(http);
        }

        return next(http);
    });

    public static IResult TooLarge() => Problems.Of(
        StatusCodes.Status413PayloadTooLarge, "request-too-large", "The request body is too large.",
        $"At most {ServiceDefaults.ServiceDefaults.MaxRequestBytes} bytes.");

    /// <summary>
    /// True when the request target reads the same however often it is decoded: it starts with one slash, and no
    /// segment is empty in the middle, a dot or two, or holds a slash, a backslash, a semicolon, a control character or
    /// another percent sign, written out or encoded.
    /// </summary>
    public static bool IsPlain(string target)
    {
        var path = target.AsSpan(0, target.IndexOfAny(['?', '#']) is var end and >= 0 ? end : target.Length);
        if (path is not ['/', ..])
            return false;

        var rest = path[1..];
        while (!rest.IsEmpty)
        {
            var slash = rest.IndexOf('/');
            if (!IsPlainSegment(slash < 0 ? rest : rest[..slash]))
                return false;
            rest = slash < 0 ? [] : rest[(slash + 1)..];
        }

        return true;
    }

    static bool IsPlainSegment(ReadOnlySpan<char> segment)
    {
        var onlyDots = true;
        var length = 0;
        for (var i = 0; i < segment.Length; i++, length++)
        {
            var character = segment[i];
            if (character == '%')
            {
                if (i + 2 >= segment.Length || !char.IsAsciiHexDigit(segment[i + 1]) || !char.IsAsciiHexDigit(segment[i + 2]))
                    return false;
                character = (char)Convert.ToByte(segment.Slice(i + 1, 2).ToString(), 16);
                if (character == '%')
                    return false;
                i += 2;
            }

            if (character is '/' or '\\' or ';' || char.IsControl(character) && character < 0x80)
                return false;
            onlyDots &= character == '.';
        }

        return length > 0 && !(onlyDots && length <= 2);
    }
}

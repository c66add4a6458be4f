using NodaTime;
using NodaTime.Text;

namespace MiStore.Pricing.Markets;

/// <summary>
/// Instants as people in a market say them. A launch is entered as an instant (2015-06-01T00:00:00Z, or with another
/// offset) or as local wall time (2015-06-01T00:00). A wall time that the clocks skip, or show twice, is refused and
/// never guessed.
/// </summary>
public static class LocalTime
{
    // Beyond these a typing mistake is likelier than a launch.
    const int FirstYear = 2000;
    const int LastYear = 2100;

    static readonly OffsetDateTimePattern WithOffset = OffsetDateTimePattern.ExtendedIso;
    static readonly LocalDateTimePattern[] OnTheWall =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.ExtendedIso,
    ];

    /// <param name="timeZone">IANA name, such as Europe/Berlin.</param>
    /// <param name="fault">Says in a sentence why the text is no instant there.</param>
    public static bool TryRead(string text, string timeZone, out DateTimeOffset instant, out string? fault)
    {
        instant = default;
        if (text.Length > 40 || Parse(text, timeZone, out fault) is not { } read)
        {
            fault = $"{Shown(text)} is neither an instant such as 2015-06-01T00:00:00Z nor a local time such as 2015-06-01T00:00.";
            return false;
        }

        if (fault is not null)
            return false;

        if (read.InUtc().Year is < FirstYear or > LastYear)
        {
            fault = $"{text} is not between the years {FirstYear} and {LastYear}.";
            return false;
        }

        instant = read.ToDateTimeOffset();
        return true;
    }

    /// <summary>An instant as the clocks of a zone show it, with their offset: 2015-06-01T00:00:00+02:00.</summary>
    public static string In(string timeZone, DateTimeOffset instant) =>
        OffsetDateTimePattern.Rfc3339.Format(Instant.FromDateTimeOffset(instant).InZone(Zone(timeZone)).ToOffsetDateTime());

    // Null when the text is no time at all; a fault when it is one that this zone does not have.
    static Instant? Parse(string text, string timeZone, out string? fault)
    {
        fault = null;
        if (WithOffset.Parse(text) is { Success: true } offset)
            return offset.Value.ToInstant();

        if (OnTheWall.Select(pattern => pattern.Parse(text)).FirstOrDefault(result => result.Success) is not { } wall)
            return null;

        var mapping = Zone(timeZone).MapLocal(wall.Value);
        fault = mapping.Count switch
        {
            0 => $"{text} does not exist in {timeZone}: the clocks are put forward over it.",
            2 => $"{text} happens twice in {timeZone}: the clocks are put back over it. Give it with an offset.",
            _ => null,
        };
        return mapping.Count == 1 ? mapping.Single().ToInstant() : Instant.MinValue;
    }

    static DateTimeZone Zone(string name) => DateTimeZoneProviders.Tzdb[name];

    static string Shown(string text) => text.Length > 40 ? "A text of " + text.Length + " characters" : $"'{text}'";
}

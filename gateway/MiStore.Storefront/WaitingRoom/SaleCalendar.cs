using System.Globalization;
using System.Text;

namespace MiStore.Storefront.WaitingRoom;

/// <summary>A moment of a sale that somebody wants to be there for.</summary>
/// <param name="Name">Tells it from the sale's other moments; the same each time, so that a calendar knows it again.</param>
/// <param name="Alarm">How long before it the calendar reminds.</param>
public sealed record Moment(string Name, DateTimeOffset At, string Title, string Text, TimeSpan Alarm);

/// <summary>Writes a calendar file, RFC 5545; pure.</summary>
public static class SaleCalendar
{
    public const string MediaType = "text/calendar";

    const int MostOctets = 75;

    // Nobody's day is blocked by it, but a calendar shows nothing that takes no time.
    static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <param name="madeAt">By the store's clock.</param>
    /// <param name="page">Where the sale is.</param>
    public static string Of(Guid sale, DateTimeOffset madeAt, Uri page, string language, IEnumerable<Moment> moments)
    {
        var file = new StringBuilder();
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//MiStore//Waiting room//EN");
        Line("CALSCALE:GREGORIAN");
        foreach (var moment in moments)
        {
            Line("BEGIN:VEVENT");
            Line($"UID:{moment.Name}-{sale}@mistore");
            Line("DTSTAMP:" + Instant(madeAt));
            Line("DTSTART:" + Instant(moment.At));
            Line("DTEND:" + Instant(moment.At + Length));
            Line($"SUMMARY;LANGUAGE={language}:" + Text(moment.Title));
            Line($"DESCRIPTION;LANGUAGE={language}:" + Text($"{moment.Text}\n{page.AbsoluteUri}"));
            Line("URL:" + page.AbsoluteUri);
            Line("TRANSP:TRANSPARENT");
            Line("BEGIN:VALARM");
            Line("ACTION:DISPLAY");
            Line($"DESCRIPTION;LANGUAGE={language}:" + Text(moment.Title));
            Line(string.Create(CultureInfo.InvariantCulture, $"TRIGGER:-PT{(int)moment.Alarm.TotalMinutes}M"));
            Line("END:VALARM");
            Line("END:VEVENT");
        }

        Line("END:VCALENDAR");
        return file.ToString();

        void Line(string text)
        {
            foreach (var part in Folded(text))
                file.Append(part).Append("\r\n");
        }
    }

    static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    // RFC 5545, 3.3.11.
    static string Text(string text) => text
        .Replace("\\", "\\\\").Replace(";", "\\;").Replace(",", "\\,")
        .Replace("\r\n", "\n").Replace("\r", "\n").Replace("\n", "\\n");

    // 3.1: no line is longer than 75 octets, and none ends in the middle of a character.
    static IEnumerable<string> Folded(string text)
    {
        var (line, octets) = (new StringBuilder(), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                yield return line.ToString();
                line.Clear().Append(' ');
                octets = 1;
            }

            line.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        yield return line.ToString();
    }
}

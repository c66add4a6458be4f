using System.Text;
using MiStore.Storefront.WaitingRoom;

namespace MiStore.Storefront.Tests;

/// <summary>Held against the grammar of RFC 5545, read as a calendar reads it.</summary>
public sealed class A_calendar_file
{
    static readonly Guid Sale = Guid.Parse("01930f3a-7c00-7000-8000-000000000001");
    static readonly DateTimeOffset Noon = new(2015, 6, 1, 12, 0, 0, TimeSpan.FromHours(2));

    static readonly Moment Opening = new(
        "opening", Noon, "Étui; für \"Mi Band\", schwarz \\ grün", string.Concat(Enumerable.Repeat("Größe 🎧 und, ", 20)) + "\r\nEnde",
        TimeSpan.FromMinutes(15));

    static readonly string File = SaleCalendar.Of(
        Sale, Noon.AddDays(-7), new Uri($"https://store.example/de/de/sales/{Sale}"), "de", [Opening with { Name = "draw" }, Opening]);

    [Fact]
    public void Has_lines_of_at_most_75_octets_that_end_with_CRLF()
    {
        File.ShouldEndWith("\r\n");
        File.Replace("\r\n", "").ShouldNotContain('\n');
        File.Split("\r\n").ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75);
        File.ShouldNotContain('\uFFFD');
    }

    [Fact]
    public void Says_when_in_UTC_and_whose_it_is()
    {
        var lines = Unfolded();
        lines[0].ShouldBe(("BEGIN", "VCALENDAR"));
        lines.ShouldContain(("VERSION", "2.0"));
        lines.Where(line => line.Name == "DTSTART").ShouldAllBe(line => line.Value == "20150601T100000Z");
        lines.ShouldContain(("DTEND", "20150601T101500Z"));
        lines.ShouldContain(("DTSTAMP", "20150525T100000Z"));
        lines.ShouldContain(("TRIGGER", "-PT15M"));
        lines.ShouldContain(("URL", $"https://store.example/de/de/sales/{Sale}"));
        lines.Where(line => line.Name == "UID").Select(line => line.Value).ShouldBe([$"draw-{Sale}@mistore", $"opening-{Sale}@mistore"]);
    }

    [Fact]
    public void Gives_every_text_back_as_it_was()
    {
        Texts("SUMMARY;LANGUAGE=de").ShouldBe([Opening.Title, Opening.Title]);
        Texts("DESCRIPTION;LANGUAGE=de")[0].ShouldBe(Opening.Text.Replace("\r\n", "\n") + $"\nhttps://store.example/de/de/sales/{Sale}");
    }

    [Fact]
    public void Closes_what_it_opens()
    {
        var open = new Stack<string>();
        foreach (var (name, value) in Unfolded())
            if (name == "BEGIN")
                open.Push(value);
            else if (name == "END")
                open.Pop().ShouldBe(value);
        open.ShouldBeEmpty();
    }

    static List<(string Name, string Value)> Unfolded() =>
    [
        .. File.Replace("\r\n ", "").Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 2)).Select(line => (line[0], line[1])),
    ];

    static List<string> Texts(string name) =>
    [
        .. Unfolded().Where(line => line.Name == name).Select(line => Regex.Replace(
            line.Value, @"\\(.)", escape => escape.Groups[1].Value is "n" or "N" ? "\n" : escape.Groups[1].Value)),
    ];
}

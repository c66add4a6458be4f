using NodaTime;
using LocalTime = MiStore.Pricing.Markets.LocalTime;
using static MiStore.Pricing.Tests.Calendars;

namespace MiStore.Pricing.Tests.Markets;

public sealed class When_a_time_is_entered
{
    [Theory]
    [InlineData("America/New_York", "2015-06-01T04:00:00")]
    [InlineData("Europe/London", "2015-05-31T23:00:00")]
    [InlineData("Europe/Berlin", "2015-05-31T22:00:00")]
    [InlineData("Europe/Paris", "2015-05-31T22:00:00")]
    public void Wall_time_is_the_markets_own(string timeZone, string utc) => Read("2015-06-01T00:00", timeZone).ShouldBe(Utc(utc));

    [Theory]
    [InlineData("2015-06-01T00:00:00Z")]
    [InlineData("2015-06-01T02:00:00+02:00")]
    [InlineData("2015-05-31T20:00:00-04:00")]
    public void An_instant_is_the_same_everywhere(string text) => Read(text, "Europe/Berlin").ShouldBe(Utc("2015-06-01"));

    [Theory]
    [InlineData("2015-03-29T02:30", "Europe/Berlin")]
    [InlineData("2015-03-29T01:30", "Europe/London")]
    [InlineData("2016-03-13T02:00", "America/New_York")]
    public void A_wall_time_that_the_clocks_skip_is_refused(string text, string timeZone) => Fault(text, timeZone).ShouldContain("does not exist in");

    [Theory]
    [InlineData("2015-10-25T02:30", "Europe/Berlin")]
    [InlineData("2015-10-25T01:00", "Europe/London")]
    [InlineData("2015-11-01T01:59:59", "America/New_York")]
    public void A_wall_time_that_happens_twice_is_refused(string text, string timeZone) => Fault(text, timeZone).ShouldContain("happens twice in");

    [Fact] public void With_its_offset_it_happens_once() => Read("2015-10-25T02:30:00+01:00", "Europe/Berlin").ShouldBe(Utc("2015-10-25T01:30:00"));

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2015-06-31T00:00")]
    [InlineData("2015-06-01")]
    [InlineData("2015-06-01T24:00:01")]
    [InlineData("01/06/2015 00:00")]
    [InlineData("2015-06-01T00:00:00+99:00")]
    public void Anything_else_is_no_time(string text) => Fault(text, "Europe/Paris").ShouldContain("is neither an instant");

    [Theory]
    [InlineData("1999-12-31T00:00")]
    [InlineData("2101-01-02T00:00")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("-9998-01-01T00:00:00Z")]
    public void A_year_far_away_is_a_typing_mistake(string text) => Fault(text, "Europe/Paris").ShouldContain("not between the years");

    [Fact] public void A_very_long_text_is_not_repeated() => Fault(new string('9', 5000), "Europe/Paris").Length.ShouldBeLessThan(200);

    [Fact]
    public void It_is_shown_with_the_offset_of_that_day()
    {
        LocalTime.In("Europe/Berlin", Utc("2015-05-31T22:00:00")).ShouldBe("2015-06-01T00:00:00+02:00");
        LocalTime.In("America/New_York", Utc("2015-12-01T05:00:00")).ShouldBe("2015-12-01T00:00:00-05:00");
    }

    [Fact]
    public void In_every_zone_of_the_world_every_change_of_the_clocks_from_2015_to_2035_is_understood()
    {
        var changes = 0;
        foreach (var zone in DateTimeZoneProviders.Tzdb.Ids.Select(id => DateTimeZoneProviders.Tzdb[id]))
            foreach (var change in zone.GetZoneIntervals(Instant.FromUtc(2015, 1, 1, 0, 0), Instant.FromUtc(2036, 1, 1, 0, 0)).Skip(1))
            {
                var before = zone.GetZoneInterval(change.Start - Duration.Epsilon);
                var (ended, begins) = (change.Start.WithOffset(before.WallOffset).LocalDateTime, change.Start.WithOffset(change.WallOffset).LocalDateTime);
                var text = (LocalDateTime time) => time.ToString("uuuu-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
                var second = Period.FromSeconds(1);
                if (ended < begins)
                {
                    Fault(text(ended), zone.Id).ShouldContain("does not exist in");
                    Fault(text(begins - second), zone.Id).ShouldContain("does not exist in");
                }
                else if (begins < ended)
                {
                    Fault(text(begins), zone.Id).ShouldContain("happens twice in");
                    Fault(text(ended - second), zone.Id).ShouldContain("happens twice in");
                }

                Read(text(LocalDateTime.Min(ended, begins) - second), zone.Id)
                    .ShouldBe((LocalDateTime.Min(ended, begins) - second).WithOffset(before.WallOffset).ToInstant().ToDateTimeOffset());
                Read(text(LocalDateTime.Max(ended, begins)), zone.Id)
                    .ShouldBe(LocalDateTime.Max(ended, begins).WithOffset(change.WallOffset).ToInstant().ToDateTimeOffset());
                changes++;
            }

        changes.ShouldBeGreaterThan(5_000);
    }

    static DateTimeOffset Read(string text, string timeZone)
    {
        LocalTime.TryRead(text, timeZone, out var instant, out var fault).ShouldBeTrue(fault);
        return instant;
    }

    static string Fault(string text, string timeZone)
    {
        LocalTime.TryRead(text, timeZone, out _, out var fault).ShouldBeFalse();
        return fault.ShouldNotBeNull();
    }
}

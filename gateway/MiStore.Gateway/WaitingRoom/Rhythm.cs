namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// How a ticket has asked so far, and when it may ask again; pure. Who comes back when told is always heard. Now and then somebody
/// may come sooner, because people load pages again; who goes on like that hears 429 and when to come, and has the place that
/// they had.
/// </summary>
/// <param name="From">When it may next look, as it was told.</param>
/// <param name="HeldFrom">When it may next have an answer held back; whoever does that asks no sooner than others look.</param>
/// <param name="Early">How often it may still come sooner, as of <paramref name="At"/>.</param>
public readonly record struct Rhythm(DateTimeOffset At, DateTimeOffset From, DateTimeOffset HeldFrom, double Early)
{
    // A page that is loaded twice is nothing; a loop is.
    static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(250);

    // Once a minute, beyond those that may come at once.
    static readonly TimeSpan OneMore = TimeSpan.FromMinutes(1);

    // Clocks differ, and whole seconds are all that a header says.
    const double Earnest = 0.75;

    /// <summary>Before the first time.</summary>
    public static Rhythm Nothing(int earlyAsks) => new(DateTimeOffset.MinValue, DateTimeOffset.MinValue, DateTimeOffset.MinValue, earlyAsks);

    /// <param name="mostEarly">How often at most it may come sooner in a row.</param>
    /// <returns>How it stands from now on, and null where it is heard; else when to come.</returns>
    public (Rhythm Next, TimeSpan? ComeBackIn) Ask(bool isHeld, int mostEarly, DateTimeOffset now)
    {
        if (now >= At && now - At < Gap)
            return (this, Gap);

        var early = At == DateTimeOffset.MinValue || now < At ? Early : Math.Min(mostEarly, Early + (now - At) / OneMore);
        var left = (isHeld ? HeldFrom : From) - now;
        if (left <= TimeSpan.Zero)
            return (this with { At = now, Early = early }, null);
        if (early >= 1)
            return (this with { At = now, Early = early - 1 }, null);

        // Being refused costs nothing: neither does the time told begin anew, nor is the allowance of the minute gone.
        var another = (1 - early) * OneMore;
        return (this, left < another ? left : another);
    }

    /// <summary>What the answer has told it.</summary>
    /// <param name="asked">When it asked.</param>
    /// <param name="held">For how long the answer could have been held; zero where it looked.</param>
    /// <param name="pause">As the answer says; null where there is no need to ask again, and no harm in it.</param>
    public Rhythm Told(DateTimeOffset asked, TimeSpan held, TimeSpan? pause) =>
        pause is not { } told ? this with { From = asked, HeldFrom = asked }
        : held > TimeSpan.Zero ? this with { HeldFrom = asked + Earnest * (told < held ? told : held) }
        : this with { From = asked + Earnest * told };
}

using MiStore.Contracts.Sales;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>How fast people are let in, in tickets a second, and when that was last reckoned.</summary>
/// <param name="AdmittedAt">Up to when the pace has been used up: what it allows since then may still be admitted.</param>
public sealed record Pace(double PerSecond, DateTimeOffset ReckonedAt, DateTimeOffset AdmittedAt)
{
    /// <summary>What is dared before the lane has shown what it can.</summary>
    public const double Start = 100;

    public const double Slowest = 5;
    public const double Fastest = 5000;

    public static Pace Unproven(DateTimeOffset now) => new(Start, now, now);
}

/// <summary>What all gateways have seen of orders with a ticket since the pace was last reckoned.</summary>
/// <param name="Orders">That were answered, one way or the other.</param>
/// <param name="Slow">Of them, those that took longer than <see cref="OrderWatch.SlowOrder"/>.</param>
/// <param name="Busy">That the lane, or the service, turned away unanswered.</param>
public sealed record Observed(int Orders, int Slow, int Busy)
{
    public static Observed Nothing { get; } = new(0, 0, 0);
}

/// <summary>
/// How many are let in next: as many as there are units for, as fast as the lane sustains. Nothing here reads a clock or
/// Redis.
/// </summary>
public static class Admission
{
    // Long enough to see what the last change did, short enough to find the lane's pace in seconds.
    static readonly TimeSpan Reckoning = TimeSpan.FromMilliseconds(500);

    // What was allowed and not used is not saved up for longer than this: a burst is what the pace is there to prevent.
    static readonly TimeSpan LongestAllowance = TimeSpan.FromSeconds(1);

    /// <summary>Tickets for which there is room: what is left, less what is promised to those who are admitted already.</summary>
    public static int Room(WaitingRoomRules rules, int available, int admitted) =>
        Math.Max(0, (available + rules.Slack) / rules.UnitsPerTicket - admitted);

    /// <summary>Who may be let in now at most, and the pace from now on.</summary>
    public static (int Count, Pace Pace, bool IsReckoned) Next(WaitingRoomRules rules, LineState line, DateTimeOffset now)
    {
        var isReckoned = now - line.Pace.ReckonedAt >= Reckoning;
        var pace = isReckoned ? Reckon(line.Pace, line.Observed, now) : line.Pace;

        var since = now - pace.AdmittedAt;
        if (since > LongestAllowance)
            pace = pace with { AdmittedAt = now - LongestAllowance };
        var allowed = (int)(pace.PerSecond * (now - pace.AdmittedAt).TotalSeconds);

        var count = Math.Clamp(Math.Min(Room(rules, line.Available, line.Admitted), line.Waiting), 0, Math.Max(0, allowed));
        // Only what was used of the allowance is gone; a tenth of a ticket is not lost from turn to turn.
        return (count, pace with { AdmittedAt = pace.AdmittedAt.AddSeconds(count / pace.PerSecond) }, isReckoned);
    }

    /// <summary>
    /// Half as fast where orders are turned away or slow; a fifth faster where many were answered well, but never more
    /// than twice what was really answered: what people do not ask for proves nothing.
    /// </summary>
    static Pace Reckon(Pace pace, Observed observed, DateTimeOffset now)
    {
        var seconds = Math.Max(0.1, (now - pace.ReckonedAt).TotalSeconds);
        var answered = observed.Orders / seconds;
        var perSecond = observed.Busy > 0 || observed.Slow * 10 > observed.Orders
            ? pace.PerSecond / 2
            : answered > pace.PerSecond / 2 ? Math.Min(pace.PerSecond * 1.2, answered * 2)
            // Back towards the start while nothing shows that it is too fast.
            : pace.PerSecond < Pace.Start ? Math.Min(pace.PerSecond * 1.2, Pace.Start) : pace.PerSecond;
        return pace with { PerSecond = Math.Clamp(perSecond, Pace.Slowest, Pace.Fastest), ReckonedAt = now };
    }
}

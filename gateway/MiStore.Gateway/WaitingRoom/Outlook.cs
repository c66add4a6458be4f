using System.Text.Json.Serialization;
using MiStore.Contracts;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>What somebody in the line can hope for, said as soon as it is known.</summary>
[JsonConverter(typeof(KebabCase<Chance>))]
public enum Chance
{
    /// <summary>The order has not been drawn yet.</summary>
    Unknown,

    /// <summary>A unit is left for everybody before you and for you.</summary>
    Certain,

    /// <summary>It takes somebody who is admitted or holds a unit not to buy it.</summary>
    Possible,

    /// <summary>Even if every unit that is not paid for came back, more people are before you than units: they would have to leave.</summary>
    Unlikely,

    /// <summary>Nothing is left and nobody holds anything that could come back.</summary>
    None,
}

/// <summary>Position, chance, time to wait and when to ask again; pure.</summary>
public static class Outlook
{
    static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);

    /// <summary>Nobody is told to stay away for longer; <see cref="Presence"/> is three times as long.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    /// <summary>Who has not been heard of for so long is passed by, and keeps the place.</summary>
    public static readonly TimeSpan Presence = LongestPause * 3;

    // Who registers days before need not be seen every few seconds of them.
    static readonly TimeSpan LongAhead = TimeSpan.FromMinutes(10);
    static readonly TimeSpan LongestAhead = TimeSpan.FromHours(1);

    // What one gateway and its Redis answer with ease, with buyers on the same two cores.
    const double AnswersPerSecond = 1500;

    /// <param name="ahead">Tickets in the line before this one.</param>
    public static Chance Of(Sale sale, LineState line, int ahead)
    {
        if (line is { IsTold: true, Available: 0, Reserved: 0 })
            return Chance.None;
        if (!line.IsDrawn || !line.IsTold)
            return Chance.Unknown;

        var units = sale.Rules.UnitsPerTicket;
        if (ahead < Admission.Room(sale.Rules, line.Available, line.Admitted))
            return Chance.Certain;
        // A unit that is held, by an order or by an admission, may come back.
        return ahead < (line.Available + line.Reserved) / units ? Chance.Possible : Chance.Unlikely;
    }

    /// <summary>
    /// Until the turn comes, at the pace that the lane sustains now. Null where it depends on what other people do with
    /// the units they hold: a number would be made up.
    /// </summary>
    /// <param name="opensAt">For the ticket in question: <see cref="Sale.OpensFor"/>.</param>
    public static TimeSpan? Wait(Sale sale, LineState line, int ahead, DateTimeOffset now, DateTimeOffset? opensAt = null)
    {
        var chance = Of(sale, line, ahead);
        if (chance != Chance.Certain)
            return null;

        var from = opensAt ?? sale.OpensAt;
        var untilOpening = from > now ? from - now : TimeSpan.Zero;
        return untilOpening + TimeSpan.FromSeconds((ahead + 1) / line.Pace.PerSecond);
    }

    /// <summary>When to ask again: sooner for who is near, and all together no more than we answer with ease.</summary>
    /// <param name="spread">0 to 1, the ticket's own, so that not all of them come at once.</param>
    /// <param name="opensAt">For the ticket in question: <see cref="Sale.OpensFor"/>.</param>
    public static TimeSpan PollAfter(Sale sale, LineState line, int? ahead, double spread, DateTimeOffset now, DateTimeOffset? opensAt = null)
    {
        var crowd = TimeSpan.FromSeconds((line.Registered + line.Waiting) / AnswersPerSecond);
        if (crowd > LongestPause)
            crowd = LongestPause;

        var opening = line.IsDrawn ? opensAt ?? sale.OpensAt : sale.DrawAt;
        if (opening > now)
        {
            // Up to the moment itself at the usual pace; the last time so that all come back spread out behind it.
            var left = opening - now;
            if (left > LongAhead)
                return left - LongAhead / 2 < LongestAhead ? left - LongAhead / 2 : LongestAhead;

            var usual = Within(LongestPause * (0.5 + spread / 2));
            return usual + Soonest < left ? usual : Within(left + Soonest + crowd * spread);
        }

        var pause = Wait(sale, line, ahead ?? 0, now) is { } wait && ahead is not null
            ? wait * 0.8
            : crowd * (0.75 + spread / 2);
        return Within(pause < crowd / 4 ? crowd / 4 : pause);
    }

    /// <summary>The ticket's share of the spread: by its id, so that it is nobody's to choose.</summary>
    public static double SpreadOf(Guid ticket) => (uint)ticket.GetHashCode() / (double)uint.MaxValue;

    static TimeSpan Within(TimeSpan pause) => pause < Soonest ? Soonest : pause > LongestPause ? LongestPause : pause;
}

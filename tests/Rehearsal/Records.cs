using System.Collections.Concurrent;
using System.Diagnostics;

namespace MiStore.Rehearsal;

/// <summary>One answer that somebody got.</summary>
/// <param name="At">Seconds from the opening to the answer; below zero before it.</param>
/// <param name="Who">buyer, browser, filler or bot.</param>
/// <param name="Step">What was asked for: list, product, cart, line, quote, ticket, turn, order, paid.</param>
/// <param name="Status">0 where the connection broke.</param>
/// <param name="Code">Of a problem.</param>
/// <param name="WasHeld">It was asked to wait, so how long it took says nothing.</param>
public sealed record Heard(double At, string Who, string Step, int Status, string? Code, double Milliseconds, bool WasHeld = false)
{
    public bool IsError => Status == 0 || Status >= 500 && Code is not ("busy" or "service-unavailable");
}

/// <summary>How a buyer's evening ended.</summary>
/// <param name="End">sold, sold-out, the code of another refusal, or no-answer.</param>
/// <param name="OrderId">Of the order that was acknowledged.</param>
/// <param name="ArrivedAt">Seconds from the opening.</param>
/// <param name="Turn">Which one in the order in which tickets were admitted; null without a waiting room.</param>
public sealed record Evening(int Buyer, string End, string? OrderId, double ArrivedAt, double EndedAt, int? Turn = null);

/// <summary>Everything that happened, in the order in which it was heard.</summary>
public sealed class Records
{
    readonly ConcurrentQueue<Heard> heard = new();
    readonly ConcurrentQueue<Evening> evenings = new();
    long opening = Stopwatch.GetTimestamp();

    public IReadOnlyCollection<Heard> Heard => heard;

    public IReadOnlyCollection<Evening> Evenings => evenings;

    /// <summary>Seconds since the opening.</summary>
    public double Now => Stopwatch.GetElapsedTime(Interlocked.Read(ref opening)).TotalSeconds;

    /// <summary>The opening is so far ahead.</summary>
    public void OpensIn(TimeSpan time) =>
        Interlocked.Exchange(ref opening, Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));

    public void Add(Heard answer) => heard.Enqueue(answer);

    public void Add(Evening evening) => evenings.Enqueue(evening);
}

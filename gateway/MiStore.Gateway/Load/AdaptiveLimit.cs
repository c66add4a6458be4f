namespace MiStore.Gateway.Load;

/// <summary>
/// How many requests may be under way, learnt from how long they take (after CoDel: what counts is not how long the queue is
/// but whether it stays). In each short window the limit falls by a fifth where most answers were late, and rises by its root
/// where it was what held requests up. No clock and no locks in here, so that a simulation can run through an hour.
/// </summary>
/// <param name="late">From when on an answer is late.</param>
public sealed class AdaptiveLimit(TimeSpan late, int least, int most)
{
    static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    // A few slow answers are no overload. With little traffic a window lasts until there are enough.
    const int EnoughAnswers = 20;
    static readonly TimeSpan LongestWindow = TimeSpan.FromSeconds(1);

    double limit = Math.Clamp(Math.Sqrt((double)least * most), least, most);
    TimeSpan began;
    int answers, lateOnes, peak;
    bool hasFallen;

    public int Limit => (int)limit;

    /// <summary>Each class of requests may use a share of the limit, so what can best wait is refused first.</summary>
    public static double ShareOf(Purpose purpose) => purpose switch
    {
        Purpose.Browse or Purpose.SignUp => 0.5,
        Purpose.Cart => 0.65,
        Purpose.Quote => 0.8,
        Purpose.Order => 0.9,
        _ => 1,
    };

    public bool LetsIn(Purpose purpose, int underway) => underway < limit * ShareOf(purpose);

    /// <summary>A request has been answered.</summary>
    /// <param name="at">Since any beginning; never earlier than the last.</param>
    /// <param name="underway">How many were, when it came.</param>
    public void Answered(TimeSpan at, TimeSpan took, int underway)
    {
        answers++;
        if (took > late)
            lateOnes++;
        peak = Math.Max(peak, underway);

        var lasted = at - began;
        if (lasted < Window || answers < EnoughAnswers && lasted < LongestWindow)
            return;

        // What was let in before the limit fell is still being answered, late; that is no reason to fall again.
        var next = hasFallen ? limit : Next(limit, answers, lateOnes, peak, least, most);
        (limit, hasFallen) = (next, next < limit);
        (began, answers, lateOnes, peak) = (at, 0, 0, 0);
    }

    /// <summary>The limit after a window.</summary>
    public static double Next(double limit, int answers, int lateOnes, int peak, int least, int most) =>
        // Browsing stops at its share: a peak of that much was the whole limit at work.
        lateOnes * 2 > answers ? Math.Max(least, Math.Min(limit, peak / ShareOf(Purpose.Browse)) * 0.8)
        : peak >= limit * ShareOf(Purpose.Browse) * 0.9 ? Math.Min(most, limit + Math.Sqrt(limit))
        : limit;
}

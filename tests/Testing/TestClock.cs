namespace MiStore.Testing;

/// <summary>A clock that stands still until a test moves it. Timers go on as ever.</summary>
public sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    long ticks = now.UtcTicks;

    public DateTimeOffset Now
    {
        get => new(Interlocked.Read(ref ticks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref ticks, value.UtcTicks);
    }

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => Now;
}

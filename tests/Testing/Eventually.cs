using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace MiStore.Testing;

/// <summary>Waits for what happens a little later, as long as it has to and no longer.</summary>
public static class Eventually
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Until it is true; fails with the condition's own text when the deadline passes.</summary>
    public static Task True(
        Func<Task<bool>> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string? what = null) =>
        Passes(async () => Assert.True(await condition(), what), within);

    /// <inheritdoc cref="True(Func{Task{bool}}, TimeSpan?, string?)"/>
    public static Task True(
        Func<bool> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string? what = null) =>
        True(() => Task.FromResult(condition()), within, what);

    /// <summary>Until the assertions inside no longer throw; the last failure is thrown when the deadline passes.</summary>
    public static Task Passes(Func<Task> assertions, TimeSpan? within = null) =>
        Passes(async () =>
        {
            await assertions();
            return true;
        }, within);

    /// <inheritdoc cref="Passes(Func{Task}, TimeSpan?)"/>
    /// <returns>What the assertions returned.</returns>
    public static async Task<T> Passes<T>(Func<Task<T>> assertions, TimeSpan? within = null)
    {
        var deadline = within ?? Patience;
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await assertions();
            }
            catch (Exception) when (Stopwatch.GetElapsedTime(started) < deadline)
            {
                await Task.Delay(Pause, TestContext.Current.CancellationToken);
            }
        }
    }
}

namespace MiStore.Journeys.Tests;

/// <summary>Measured and printed, never asserted: they are the machine's as much as the store's.</summary>
public sealed class The_figures(Store store, ITestOutputHelper output)
{
    [Fact]
    public void Are_printed()
    {
        const double mebibyte = 1024 * 1024;
        var memory = store.Stack.ProjectMemory();

        Print($"From the AppHost's start to the first 200: {store.Stack.TimeToFirstAnswer.TotalSeconds:F1} s");
        Print($"Memory of the .NET processes: {memory.Values.Sum() / mebibyte:F0} MiB ({string.Join(", ", memory.Select(one => $"{one.Key} {one.Value / mebibyte:F0}"))})");
    }

    void Print(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}

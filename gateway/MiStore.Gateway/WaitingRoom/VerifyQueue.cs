using System.Text.Json;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// <c>./mistore verify-queue FILE|URL</c>: holds the sale again from its published record. Exit code 0 when everything was as
/// it had to be, 1 when anything was not, or cannot be proven; 2 when there is no record to read.
/// </summary>
static class VerifyQueue
{
    public static async Task<int> Run(string[] arguments)
    {
        if (arguments is not [var source])
        {
            Console.Error.WriteLine("verify-queue needs the record of a sale: a file, or the URL of /api/sales/{id}/record");
            return 2;
        }

        SaleRecord record;
        try
        {
            record = JsonSerializer.Deserialize<SaleRecord>(await Read(source), JsonSerializerOptions.Web)
                ?? throw new JsonException("it is empty");
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or JsonException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{source} cannot be read: {exception.Message}");
            return 2;
        }

        var verdict = QueueProof.Of(record);
        Console.WriteLine($"Sale {record.SaleId}: {record.Quantity} units of {record.Sku} in {record.Market}, drawn at {record.DrawAt:u}, open from {record.OpensAt:u}");
        Console.WriteLine($"  commitment  {record.Commitment}");
        Console.WriteLine($"  seed        {record.Seed}");
        Console.WriteLine($"  list        {record.ListHash}, {record.ListCount} tickets");
        Console.WriteLine($"  journal     {record.Journal.Count} steps; at most {verdict.MostInside} admitted at once");
        foreach (var outcome in Enum.GetValues<QueueProof.Outcome>().Reverse())
            Console.WriteLine($"  {outcome.ToString().ToLowerInvariant(),-10} {verdict.Count(outcome),8}  {Meaning(outcome)}");
        Console.WriteLine($"  units       {record.Sold} sold, {record.Reserved} held, {record.Available} left, {record.Withdrawn} withdrawn");

        foreach (var difference in verdict.Differences.Take(20))
            Console.WriteLine("  DIFFERENCE  " + difference);
        if (verdict.Differences.Count > 20)
            Console.WriteLine($"  … and {verdict.Differences.Count - 20} more");
        Console.WriteLine(verdict.Differences.Count == 0
            ? "The order was the one that the seed and the list make, and everybody was served in it."
            : $"{verdict.Differences.Count} differences.");
        return verdict.Differences.Count == 0 ? 0 : 1;
    }

    static string Meaning(QueueProof.Outcome outcome) => outcome switch
    {
        QueueProof.Outcome.Served => "made an order",
        QueueProof.Outcome.Lapsed => "were admitted and made none in time",
        QueueProof.Outcome.Admitted => "are admitted now",
        QueueProof.Outcome.Skipped => "did not show when it was their turn",
        _ => "nothing was left when it would have been their turn",
    };

    static async Task<string> Read(string source)
    {
        if (!source.StartsWith("http://", StringComparison.Ordinal) && !source.StartsWith("https://", StringComparison.Ordinal))
            return await File.ReadAllTextAsync(source);

        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(1), MaxResponseContentBufferSize = 512 * 1024 * 1024 };
        return await client.GetStringAsync(source);
    }
}

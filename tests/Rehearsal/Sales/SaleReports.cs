using System.Text.Json;

namespace MiStore.Rehearsal.Sales;

/// <summary>
/// <c>./mistore sale-report ID</c>: the report of one sale, as soon as it is over. Without an id, of every sale that ended ten minutes
/// ago or earlier and has none yet; with <c>--watch</c>, as the store itself runs it, it stays and looks every half minute. What has a
/// report is known by its file, so a sale that ended while nobody watched is reported as soon as somebody does, and each once. The
/// exit code is 0 where everything was as it had to be, 1 where something was not, 2 where there is nothing to report on.
/// </summary>
public static class SaleReports
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> Run(string[] arguments, Uri url, string home, CancellationToken cancellation)
    {
        var watches = arguments.Contains("--watch");
        var ids = arguments.Where(word => word != "--watch").Select(word => Guid.TryParse(word, out var id) ? id : (Guid?)null).ToList();
        if (ids.Contains(null) || ids.Count > (watches ? 0 : 1))
        {
            Console.Error.WriteLine("sale-report ID: of one batch, which is its sale, too. sale-report [--watch]: of all that ended ten minutes ago");
            return 2;
        }

        var folder = Path.GetFullPath(Path.Combine(home, "sales"));
        if (watches)
            return await Watch(url, folder, cancellation);

        using var store = new HttpClient { BaseAddress = url, Timeout = Patience };
        var sales = new ReadSale(store, await Operator.Token(url, cancellation));
        return ids is [{ } one] ? await One(sales, one, folder, cancellation) : await All(sales, folder, cancellation);
    }

    static async Task<int> Watch(Uri url, string folder, CancellationToken cancellation)
    {
        Console.WriteLine($"Ten minutes after a sale has ended, its report is in {folder}");
        using var store = new HttpClient { BaseAddress = url, Timeout = Patience };
        while (true)
        {
            // At the beginning, too: a store that has just opened has better things to do.
            await Task.Delay(Look, cancellation);
            try
            {
                await All(new ReadSale(store, await Operator.Token(url, cancellation)), folder, cancellation);
            }
            catch (Exception fault) when (IsPassing(fault, cancellation))
            {
                Console.Error.WriteLine($"The store did not say which sales have ended: {fault.Message}");
            }
        }
    }

    static async Task<int> One(ReadSale sales, Guid id, string folder, CancellationToken cancellation)
    {
        if (await sales.Report(id, cancellation) is { } report)
            return Say(report, folder);

        Console.Error.WriteLine($"There is no batch {id}, or units of it are still on sale or held for orders.");
        return 2;
    }

    static async Task<int> All(ReadSale sales, string folder, CancellationToken cancellation)
    {
        var worst = 0;
        foreach (var id in await sales.Ended(cancellation))
            try
            {
                if (!File.Exists(SalePage.PathOf(id, folder)) && await sales.Report(id, cancellation, SaleReport.After) is { } report)
                    worst = Math.Max(worst, Say(report, folder));
            }
            catch (Exception fault) when (IsPassing(fault, cancellation))
            {
                // One that cannot be reported keeps no other from it.
                Console.Error.WriteLine($"There is no report of {id} yet: {fault.Message}");
                worst = 1;
            }

        return worst;
    }

    static bool IsPassing(Exception fault, CancellationToken cancellation) => !cancellation.IsCancellationRequested
        && fault is HttpRequestException or OperationCanceledException or InvalidOperationException or FormatException or JsonException
            or IOException or UnauthorizedAccessException;

    static int Say(SaleReport report, string folder)
    {
        var receipt = report.Receipt;
        Console.WriteLine($"{receipt.Sku} in {receipt.Market}, {receipt.Ending}: {receipt.Sold} of {receipt.Announced} sold"
            + (receipt.SecondsToSellOut is { } seconds ? $" in {seconds:0.0} s" : ""));
        foreach (var finding in report.Findings)
            Console.WriteLine($"  {(finding.IsGood ? "yes" : "NO ")}  {finding.Name}: {finding.Detail}");
        Console.WriteLine($"  {SalePage.Write(report, folder)}");
        return report.IsGood ? 0 : 1;
    }
}

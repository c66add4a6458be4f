namespace MiStore.Rehearsal.Sales;

/// <summary>
/// <c>./mistore sale-report ID</c>: the report of one sale, as soon as it is over. Without an id, of every sale that ended ten minutes
/// ago or earlier and has none yet; with <c>--watch</c> it stays and looks every half minute. The exit code is 0 where everything was
/// as it had to be, 1 where something was not, 2 where there is nothing to report on.
/// </summary>
public static class SaleReports
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    public static async Task<int> Run(string[] arguments, Uri url, string home, CancellationToken cancellation)
    {
        var watches = arguments.Contains("--watch");
        var ids = arguments.Where(word => word != "--watch").Select(word => Guid.TryParse(word, out var id) ? id : (Guid?)null).ToList();
        if (ids.Contains(null) || ids.Count > (watches ? 0 : 1))
        {
            Console.Error.WriteLine("sale-report ID: of one batch, which is its sale, too. sale-report [--watch]: of all that ended ten minutes ago");
            return 2;
        }

        using var store = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromMinutes(2) };
        var (sales, folder) = (new ReadSale(store, await Operator.Token(url, cancellation)), Path.Combine(home, "sales"));
        if (ids is [{ } one])
            return await One(sales, one, folder, cancellation);

        while (true)
        {
            var worst = await All(sales, folder, cancellation);
            if (!watches)
                return worst;
            await Task.Delay(Look, cancellation);
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
            if (!File.Exists(SalePage.PathOf(id, folder)) && await sales.Report(id, cancellation) is { } report
                && report.At - report.Receipt.AsOf >= SaleReport.After)
                worst = Math.Max(worst, Say(report, folder));
        return worst;
    }

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

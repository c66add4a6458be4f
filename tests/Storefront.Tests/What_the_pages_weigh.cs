using System.Text.Json;
using Microsoft.Playwright;

namespace MiStore.Storefront.Tests;

/// <summary>
/// What a first visit costs. Bytes, requests and movement are held to a budget; times are printed, because they say as much
/// about the machine as about the page.
/// </summary>
public sealed class What_the_pages_weigh(OpenStore store, Chromium chromium, ITestOutputHelper output)
{
    const int MostScript = 100 * 1024;
    const int MostRequests = 20;
    const double MostShift = 0.1;

    [Theory]
    [InlineData("")]
    [InlineData("products/mi-band")]
    public async Task Is_little_on_a_telephone(string path)
    {
        var page = await chromium.Visit(store.Stack.Url, 412, 823);
        await OnA4G(page);
        var requests = new List<IRequest>();
        page.Request += (_, request) => requests.Add(request);

        await new Shopper(page, "de", "de").Open(path);
        await page.WaitForFunctionAsync("() => performance.getEntriesByName('first-contentful-paint').length > 0");
        var measured = await page.EvaluateAsync<JsonElement>(Measure);

        var script = measured.At("script").GetInt32();
        output.WriteLine(
            $"/de/de/{path}: {requests.Count} requests, {measured.At("bytes").GetInt32() / 1024} KiB, of them {script / 1024.0:0.0} KiB script; "
            + $"largest paint after {measured.At("largestPaint").GetDouble():0} ms of simulated 4G, layout shift {measured.At("shift").GetDouble():0.000}");
        script.ShouldBeInRange(1, MostScript);
        requests.Count.ShouldBeLessThanOrEqualTo(MostRequests);
        requests.ShouldAllBe(request => request.Url.StartsWith(store.Stack.Url.ToString()));
        measured.At("shift").GetDouble().ShouldBeLessThan(MostShift);
        await page.Context.CloseAsync();
    }

    // 9 Mbit/s and 60 ms there and back.
    static async Task OnA4G(IPage page)
    {
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("Network.enable");
        await devTools.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>
        {
            ["offline"] = false, ["latency"] = 60, ["downloadThroughput"] = 9_000_000 / 8, ["uploadThroughput"] = 3_000_000 / 8,
        });
    }

    const string Measure = """
        async () => {
          const seen = { largestPaint: 0, shift: 0 };
          new PerformanceObserver(list => list.getEntries().forEach(entry => { seen.largestPaint = entry.startTime }))
            .observe({ type: 'largest-contentful-paint', buffered: true });
          new PerformanceObserver(list => list.getEntries().forEach(entry => { seen.shift += entry.value }))
            .observe({ type: 'layout-shift', buffered: true });
          await new Promise(done => setTimeout(done, 500));
          const files = performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'));
          const sum = list => list.reduce((bytes, file) => bytes + file.encodedBodySize, 0);
          return { ...seen, bytes: sum(files), script: sum(files.filter(file => file.name.includes('.js'))) };
        }
        """;
}

using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;

[assembly: Xunit.AssemblyFixture(typeof(MiStore.Storefront.Tests.Chromium))]

namespace MiStore.Storefront.Tests;

/// <summary>
/// The machine's own Chromium, started once for all tests. Where there is none, the tests that need it say so and are
/// skipped; on a build machine (CI=true) they fail.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    // Two cores that others share: a page may be slow without being wrong.
    const float PatienceMs = 90_000;

    IPlaywright? playwright;
    IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is not { } program)
            return;

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            // Where there is no graphics card, to play one costs more than to do without.
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-gpu-rasterization", "--disable-software-rasterizer"],
        });
        Assertions.SetDefaultExpectTimeout(PatienceMs);
    }

    /// <summary>A visitor whom nobody has seen before, with a window of their own.</summary>
    public async Task<IPage> Visit(
        Uri store, int width = 1440, int height = 900, bool javaScript = true, bool dark = false, string locale = "en-GB")
    {
        if (browser is null)
            Missing("Chromium is not installed: the pages cannot be tried in a real browser. On Debian: apt-get install chromium.");

        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = store.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = javaScript,
            Locale = locale,
        });
        context.SetDefaultTimeout(PatienceMs);
        return await context.NewPageAsync();
    }

    /// <summary>The source of axe-core, from npm.</summary>
    public static Task<string> Axe { get; } = Task.Run(async () =>
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "axe");
        var file = Path.Combine(folder, "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(file))
        {
            using var npm = Start("npm", folder, "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            var errors = npm.StandardError.ReadToEndAsync();
            await npm.WaitForExitAsync();
            npm.ExitCode.ShouldBe(0, await errors);
        }

        return await File.ReadAllTextAsync(file);
    });

    /// <summary>What axe finds on a page as it is: nothing, one would hope.</summary>
    /// <param name="options">Axe's own; all of its rules unless said otherwise.</param>
    public static async Task<IReadOnlyList<string>> FaultsOf(IPage page, string options = "{ resultTypes: ['violations'] }")
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(await Axe);
        var found = await page.EvaluateAsync<JsonElement>($"() => axe.run(document, {options}).then(found => found.violations)");
        return
        [
            .. found.EnumerateArray().Select(fault =>
                $"{fault.At("id")}: {fault.At("help")}: {string.Join(", ", fault.At("nodes").EnumerateArray().Select(node => node.At("html")))}"),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    static Process Start(string program, string folder, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Missing($"{program} is not installed: axe-core cannot be fetched. On Debian: apt-get install nodejs npm.");
            throw;
        }
    }

    static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(reason);
        Assert.Skip(reason);
    }
}

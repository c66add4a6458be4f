using Microsoft.Playwright;

namespace MiStore.Storefront.Tests;

/// <summary>
/// Looks at pages for many people: on windows from a small telephone's to a desk's, by the rules of axe in the light and in the
/// dark, and for a picture. Each page is loaded once for all of them.
/// </summary>
/// <param name="set">Names the folder of the pictures.</param>
sealed class Onlooker(IPage page, string set, int width, bool dark, bool withAxe)
{
    static readonly int[] Widths = [320, 360, 768, 1440];

    // The schemes differ in colour and the windows in layout, which is what these rules are about; the others read the mark-up.
    const string Rules = "{ runOnly: ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'], resultTypes: ['violations'] }";

    static readonly string Pictures = Path.Combine(
        AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar + "bin" + Path.DirectorySeparatorChar)[0], "TestResults", "pages");

    public List<string> Faults { get; } = [];

    public async Task Look(string name)
    {
        foreach (var one in Widths)
        {
            await page.SetViewportSizeAsync(one, 800);
            if (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") is > 0 and var wide)
                Faults.Add($"{name}: {wide} px wider than a window of {one}");
        }

        if (withAxe)
        {
            await See(1440, false);
            Note(await Chromium.FaultsOf(page));
            await See(360, true);
            Note(await Chromium.FaultsOf(page, Rules));
        }

        await See(width, dark);
        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(Pictures, set, Regex.Replace(name, "[^a-z0-9-]+", "-") + ".jpg"),
            Type = ScreenshotType.Jpeg,
            Quality = 80,
            FullPage = true,
        });

        void Note(IEnumerable<string> found) => Faults.AddRange(found.Select(fault => $"{name}: {fault}"));
    }

    async Task See(int width, bool dark)
    {
        await page.SetViewportSizeAsync(width, 800);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
    }
}

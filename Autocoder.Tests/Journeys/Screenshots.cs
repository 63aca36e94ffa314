using Microsoft.Playwright;

namespace Autocoder.Tests.Journeys;

/// <summary>Pictures for <c>docs/images</c>: each page light and dark, wide and narrow. Taken when <c>AUTOCODER_IMAGES</c> names a folder.</summary>
internal static class Screenshots
{
    private static readonly (string Name, int Width, int Height)[] Sizes = [("1440", 1440, 900), ("390", 390, 844)];
    private static readonly ColorScheme[] Schemes = [ColorScheme.Light, ColorScheme.Dark];

    public static async Task TakeAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("AUTOCODER_IMAGES") is not { Length: > 0 } folder)
        {
            return;
        }

        foreach (var (size, width, height) in Sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var scheme in Schemes)
            {
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                await page.ScreenshotAsync(new PageScreenshotOptions
                {
                    Path = Path.Combine(folder, $"{name}-{scheme.ToString().ToLowerInvariant()}-{size}.png"),
                });
            }
        }

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(Sizes[0].Width, Sizes[0].Height);
    }
}

namespace MiStore.Pricing.Rates;

static class Texts
{
    public static bool IsText(string? text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(char.IsControl);
}

namespace MiStore.Pricing.Quotes;

/// <summary>What a shopper asks for: each SKU once, in the order asked.</summary>
public sealed record Wanted(string Sku, int Quantity)
{
    public const int MaxQuantity = 99;

    /// <summary>Two lines of one SKU are one line; a limit could be walked around otherwise.</summary>
    /// <param name="invalid">A SKU that is wanted fewer than once, or more often than anybody may.</param>
    public static List<Wanted>? Sum(IEnumerable<(string Sku, long Quantity)> lines, out string? invalid)
    {
        invalid = null;
        var wanted = new List<Wanted>();
        foreach (var (sku, quantity) in lines)
        {
            var at = wanted.FindIndex(line => line.Sku == sku);
            var before = at < 0 ? 0 : wanted[at].Quantity;
            if (quantity < 1 || quantity > MaxQuantity - before)
            {
                invalid = sku;
                return null;
            }

            var line = new Wanted(sku, before + (int)quantity);
            if (at < 0)
                wanted.Add(line);
            else
                wanted[at] = line;
        }

        return wanted;
    }
}

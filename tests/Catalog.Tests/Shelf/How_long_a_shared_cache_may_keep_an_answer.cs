using MiStore.Catalog.Products;

namespace MiStore.Catalog.Tests.Shelf;

public sealed class How_long_a_shared_cache_may_keep_an_answer
{
    [Theory]
    [InlineData(null, 60)]
    [InlineData(3600.0, 60)]
    [InlineData(60.0, 60)]
    [InlineData(59.999, 59)]
    [InlineData(1.0, 1)]
    [InlineData(0.999, null)]
    public void Until_the_clock_alone_would_change_it(double? secondsUntilChange, int? kept)
    {
        var nextChange = secondsUntilChange is { } seconds ? CatalogShop.Now.AddSeconds(seconds) : (DateTimeOffset?)null;

        Revalidated<object>.SharedFor(CatalogShop.Now, nextChange)?.TotalSeconds.ShouldBe(kept!.Value);
        (Revalidated<object>.SharedFor(CatalogShop.Now, nextChange) is null).ShouldBe(kept is null);
    }
}

using MiStore.Cart.Carts;
using MiStore.Cart.Copies;
using MiStore.Contracts;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Offers;
using MiStore.Contracts.Stock;

namespace MiStore.Cart.Tests.Carts;

public sealed class When_carts_are_merged(CartShop shop) : IClassFixture<CartShop>
{
    [Fact]
    public async Task They_are_summed_up_to_the_limit_and_a_second_time_changes_nothing()
    {
        var cart = await shop.OpenCart("US", ("MI-BAND", 4), ("PB-5000", 1));
        var guest = await shop.OpenCart("GB", ("MI-BAND", 3));

        foreach (var isRepeat in new[] { false, true })
        {
            var merged = (await shop.Client.Post($"/api/carts/{cart}/merge", new { from = guest })).ShouldBe(HttpStatusCode.OK);
            merged["cart"].At("lines").EnumerateArray().Select(line => (line.At("sku").GetString(), line.At("quantity").GetInt32()))
                .ShouldBe([("MI-BAND", 5), ("PB-5000", 1)]);
            merged["cart"].At("market").GetString().ShouldBe("US");
            if (isRepeat)
                merged["changes"].GetArrayLength().ShouldBe(0);
            else
                merged["changes"].ShouldBeJson("""[{"sku":"MI-BAND","change":"limited","from":7,"to":5,"reasons":null,"availableFrom":null}]""");
        }

        (await shop.Client.Get($"/api/carts/{guest}")).ShouldBe(HttpStatusCode.OK)["lines"][0].At("quantity").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Only_carts_that_are_there_can_be()
    {
        var cart = await shop.OpenCart();
        (await shop.Client.Post($"/api/carts/{cart}/merge", new { from = "AAAAAAAAAAAAAAAAAAAAAA" })).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-cart");
        (await shop.Client.Post($"/api/carts/AAAAAAAAAAAAAAAAAAAAAA/merge", new { from = cart })).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-cart");
        (await shop.Client.Post($"/api/carts/{cart}/merge", new { from = cart })).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
        (await shop.Client.Post($"/api/carts/{cart}/merge", new { })).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Fact]
    public void Whatever_is_in_them_nothing_is_lost_or_made_up_and_what_is_cut_is_said()
    {
        const int rounds = 20_000;
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < rounds; round++)
        {
            var (cart, other, shelf) = (ACart(random), ACart(random), AShelf(random));
            if (MergeCarts.Merge(cart, other, shelf, CartShop.Opening) is not var (merged, changes))
            {
                cart.Lines.Concat(other.Lines).DistinctBy(line => line.Sku).Count().ShouldBeGreaterThan(MiStore.Cart.Carts.Cart.MaxLines, $"seed {seed}");
                continue;
            }

            foreach (var sku in cart.Lines.Concat(other.Lines).Select(line => line.Sku).Distinct())
            {
                var (ours, theirs, now) = (Units(cart, sku), Units(other, sku), Units(merged, sku));
                var limit = Math.Min(shelf.TermsOf(sku, CartShop.Opening).LimitPerCustomer ?? CartLine.MaxQuantity, CartLine.MaxQuantity);
                now.ShouldBeGreaterThanOrEqualTo(Math.Max(ours, theirs), $"seed {seed}");
                now.ShouldBeLessThanOrEqualTo(Math.Max(limit, Math.Max(ours, theirs)), $"seed {seed}");
                (now == ours + theirs).ShouldBe(changes.All(change => change.Sku != sku), $"seed {seed}");
            }

            merged.Lines.DistinctBy(line => line.Sku).Count().ShouldBe(merged.Lines.Count, $"seed {seed}");
            MergeCarts.Merge(merged, other, shelf, CartShop.Opening)!.Value.Cart.ShouldBe(merged, $"seed {seed}");
        }
    }

    static int Units(MiStore.Cart.Carts.Cart cart, string sku) => cart.Find(sku)?.Quantity ?? 0;

    static MiStore.Cart.Carts.Cart ACart(Random random) => MiStore.Cart.Carts.Cart.Open("US", CartShop.Opening) with
    {
        Lines = [.. Enumerable.Range(0, 60).Where(_ => random.Next(3) == 0).Take(50).Select(i => new CartLine($"SKU-{i}", random.Next(1, 100)))],
        Version = random.Next(1, 9),
    };

    static Shelf AShelf(Random random) => new(
        new MarketChanged("US", 1, "United States", "USD", "en-US", ["en"]),
        Enumerable.Range(0, 60).ToDictionary(i => $"SKU-{i}", i => new OfferPublished("US", $"SKU-{i}", 1,
            [new(DateTimeOffset.MinValue, OfferState.Sellable, new Money(100, "USD"), LimitPerCustomer: random.Next(4) == 0 ? random.Next(1, 100) : null)])),
        new Dictionary<string, IReadOnlyDictionary<string, string>>(), new Dictionary<string, AvailabilityChanged>());
}

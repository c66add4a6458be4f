namespace MiStore.Catalog.Tests.Products;

public sealed class When_a_shopper_searches(CatalogShop shop) : IClassFixture<CatalogShop>
{
    [Theory]
    [InlineData("US", "headphones", "mi-headphones")]
    [InlineData("US", "HEADPHONE", "mi-headphones")]
    [InlineData("US", "sleeping", "mi-band")]
    [InlineData("US", "power bank", "mi-power-bank-5000 mi-power-bank-10500")]
    [InlineData("US", "tablet -bank", "mi-pad")]
    [InlineData("DE", "Schlaf", "mi-band")]
    [InlineData("DE", "gebürstetem Metall", "mi-power-bank-5000")]
    [InlineData("FR", "bracelets", "mi-band")]
    public async Task The_words_of_the_texts_are_found_however_they_are_bent(string market, string search, string found) =>
        (await Found(market, search)).ShouldBe(found.Split(' '));

    [Theory]
    [InlineData("US", "hedphones", "mi-headphones")]
    [InlineData("US", "headphnoes", "mi-headphones")]
    [InlineData("US", "bamd", "mi-band")]
    [InlineData("US", "tabelt", "mi-pad")]
    [InlineData("US", "pover bnak", "mi-power-bank-5000 mi-power-bank-10500")]
    [InlineData("US", "powerbank", "mi-power-bank-5000 mi-power-bank-10500")]
    [InlineData("US", "headph", "mi-headphones")]
    [InlineData("DE", "Schlaftraker", "mi-band")]
    [InlineData("FR", "brasselet", "mi-band")]
    public async Task A_typing_error_is_forgiven(string market, string search, string found) =>
        found.Split(' ').ShouldBeSubsetOf(await Found(market, search));

    [Fact]
    public async Task One_typing_error_does_not_find_the_whole_shop() => (await Found("US", "hedphones")).ShouldBe(["mi-headphones"]);

    [Fact]
    public async Task The_language_that_is_shown_is_the_one_that_is_searched()
    {
        (await Found("DE", "Kopfhörer")).ShouldBeEmpty();
        (await Found("DE", "Schlaftracker", "&language=en")).ShouldBeEmpty();
        (await Found("DE", "sleep", "&language=en")).ShouldBe(["mi-band"]);
    }

    [Fact]
    public async Task What_may_not_be_sold_is_found_too() => (await Found("FR", "tablette")).ShouldContain("mi-pad");

    [Theory]
    [InlineData("zyxwvut")]
    [InlineData("the")]
    [InlineData("' or 1=1 --")]
    [InlineData("\"unclosed")]
    [InlineData("a & | ! ( b:*")]
    [InlineData("%_%\\")]
    [InlineData("𝕳𝖊𝖆𝖉")]
    public async Task Whatever_is_typed_is_answered(string search) =>
        (await shop.Client.Get("/api/markets/US/products?search=" + Uri.EscapeDataString(search))).ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task Nothing_typed_is_no_search() => (await Found("US", "  ")).Length.ShouldBe(6);

    [Fact]
    public async Task The_total_counts_what_was_found()
    {
        var listing = await shop.Client.Get("/api/markets/US/products?search=power%20bank&category=power&pageSize=1");
        listing["total"].GetInt32().ShouldBe(2);
        listing["items"].GetArrayLength().ShouldBe(1);
    }

    Task<string[]> Found(string market, string search, string more = "") => shop.Slugs(market, $"?search={Uri.EscapeDataString(search)}{more}");
}

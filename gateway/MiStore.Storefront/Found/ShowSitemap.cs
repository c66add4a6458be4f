using System.Xml.Linq;
using MiStore.Client;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Found;

/// <summary>What search engines may look for: a map of each market, and which pages are nobody's but the shopper's.</summary>
static class ShowSitemap
{
    static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";
    static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    public static void MapShowSitemap(this WebApplication app)
    {
        app.MapGet("/robots.txt", Robots).IsSameForAll();
        app.MapGet("/sitemap.xml", Index).IsSameForAll();
        app.MapGet("/{country:length(2)}/sitemap.xml", OfMarket).IsSameForAll();
    }

    static IResult Robots(HttpRequest request) => Results.Text(
        $"""
        User-agent: *
        Disallow: /*/cart
        Disallow: /*/checkout
        Disallow: /*/orders
        Disallow: /*/search
        Disallow: /choice/
        Disallow: /api/

        Sitemap: {OriginOf(request)}/sitemap.xml

        """);

    static async Task<IResult> Index(HttpRequest request, StoreClient store, CancellationToken cancellation)
    {
        var markets = (await store.ListMarkets(cancellation)).OrThrow();
        return Xml(new XElement(Map + "sitemapindex", markets.Select(market => new XElement(
            Map + "sitemap", new XElement(Map + "loc", $"{OriginOf(request)}/{market.Code.ToLowerInvariant()}/sitemap.xml")))));
    }

    static async Task<IResult> OfMarket(string country, HttpContext http, StoreClient store, CancellationToken cancellation)
    {
        var markets = (await store.ListMarkets(cancellation)).OrThrow();
        if (markets.FirstOrDefault(market => market.Code.Equals(country, StringComparison.OrdinalIgnoreCase)) is not { } found)
            return FaultPages.NotFound(http);

        var shelf = (await store.BrowseProducts(found.Code, found.Languages[0], cancellation: cancellation)).OrThrow().Items;
        var legal = (await store.ListLegalTexts(found.Code, cancellation)).OrThrow();
        var pages = new[] { "" }
            .Concat(shelf.Select(product => $"categories/{product.Category}").Distinct())
            .Concat(shelf.Select(product => $"products/{product.Slug}"))
            .Concat(legal.Select(text => $"legal/{text.Document}"));
        var origin = OriginOf(http.Request);
        return Xml(new XElement(
            Map + "urlset", new XAttribute(XNamespace.Xmlns + "xhtml", Html),
            from page in pages
            from language in found.Languages.Where(Words.All.ContainsKey)
            select new XElement(
                Map + "url", new XElement(Map + "loc", origin + Place.HomeOf(found.Code, language) + page),
                from other in Alternates.Of(markets, page)
                select new XElement(
                    Html + "link", new XAttribute("rel", "alternate"), new XAttribute("hreflang", other.Language),
                    new XAttribute("href", origin + other.Address)))));
    }

    static string OriginOf(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    static IResult Xml(XElement root) =>
        Results.Text($"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root}", "application/xml; charset=utf-8");
}

using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Legal;

/// <summary>Who sells, on which terms, how one gets out of it again, and what becomes of one's data.</summary>
static class ShowLegalText
{
    public static void MapShowLegalText(this RouteGroupBuilder shop) => shop
        .MapGet("/legal/{document}", (string document, HttpContext http, Visit visit) => LegalTexts.Find(document, visit.Place) is { } text
            ? Page.Of<LegalPage>(new { Visit = visit, Text = text })
            : FaultPages.NotFound(http))
        .IsSameForAll();
}

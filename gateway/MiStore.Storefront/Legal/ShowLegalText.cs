using MiStore.Client;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Legal;

/// <summary>
/// Who sells, on which terms, how one gets out of it again, and what becomes of one's data. With ?version= as it held when
/// an order accepted it.
/// </summary>
static class ShowLegalText
{
    public static void MapShowLegalText(this RouteGroupBuilder shop) => shop.MapGet("/legal/{document}", Handle).IsSameForAll();

    static async Task<IResult> Handle(
        string document, int? version, Visit visit, StoreClient store, CancellationToken cancellation) => Page.Of<LegalPage>(new
        {
            Visit = visit,
            Text = (await store.ReadLegalText(visit.Market, document, visit.Language, version, cancellation)).OrThrow(),
        });
}

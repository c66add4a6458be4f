using System.Text;
using MiStore.Client;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.WaitingRoom;

/// <summary>
/// The sale for the shopper's own calendar, with an alarm: a reminder that needs no address (<see cref="AskForReminder"/> does).
/// </summary>
static class ShowCalendar
{
    static readonly TimeSpan Alarm = TimeSpan.FromMinutes(15);

    public static void MapShowCalendar(this RouteGroupBuilder shop) =>
        shop.MapGet("/sales/{id:guid}/calendar.ics", Handle).IsSameForAll();

    static async Task<IResult> Handle(Guid id, HttpContext http, Visit visit, StoreClient store, CancellationToken cancellation)
    {
        var sale = (await store.GetSale(id, cancellation)).OrThrow();
        if (sale.Market != visit.Market)
            return FaultPages.NotFound(http);

        var file = SaleCalendar.Of(
            id, sale.ServerTime, new Uri(visit.Origin + visit.Place.Sale(id)), visit.Language, MomentsOf(sale, visit));
        return Results.File(
            Encoding.UTF8.GetBytes(file), SaleCalendar.MediaType + "; charset=utf-8", $"mistore-{sale.Sku.ToLowerInvariant()}.ics");
    }

    static IEnumerable<Moment> MomentsOf(Sale sale, Visit visit)
    {
        var (words, place) = (visit.Words, visit.Place);
        var product = visit.ProductOf(sale.Sku)?.Name ?? sale.Sku;
        if (sale.DrawAt < sale.OpensAt)
            yield return new Moment(
                "draw", sale.DrawAt, string.Format(words.CalendarDraw, product),
                string.Format(words.InTurnBefore, place.Opening(sale.DrawAt)), Alarm);
        yield return new Moment(
            "opening", sale.OpensAt, string.Format(words.CalendarOpening, product),
            string.Format(words.CalendarText, place.Opening(sale.OpensAt)), Alarm);
    }
}

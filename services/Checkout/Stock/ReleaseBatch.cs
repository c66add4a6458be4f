using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Checkout.Offers;
using MiStore.Contracts.Markets;
using MiStore.Contracts.Sales;
using MiStore.Messaging;
using MiStore.ServiceDefaults;

namespace MiStore.Checkout.Stock;

/// <summary>An operator releases a counted number of units of one SKU in one market, on sale from an instant.</summary>
public static class ReleaseBatch
{
    const int MostUnits = 10_000_000;

    /// <param name="Quantity">1 to 10,000,000 units.</param>
    /// <param name="ClosesAt">From then on nothing of it is sold; null is never.</param>
    /// <param name="LimitPerCustomer">Units one customer may hold of this batch; null leaves it to the offer's limit.</param>
    /// <param name="WaitingRoom">Sells it in turn: who orders needs a ticket of POST /api/sales/{batch}/tickets.</param>
    public sealed record Request(
        string Market, string Sku, int Quantity, DateTimeOffset OpensAt, DateTimeOffset? ClosesAt = null, int? LimitPerCustomer = null,
        Room? WaitingRoom = null);

    /// <param name="RegistrationUntil">Who has a ticket by then is in the draw; null is until the batch opens. Not after that.</param>
    /// <param name="UnitsPerTicket">Units one ticket may buy, 1 to 99; null is the limit per customer, or 1 without one.</param>
    /// <param name="AdmissionSeconds">How long somebody who is admitted has to order: 30 to 3,600, 300 unless set.</param>
    /// <param name="Slack">
    /// Units by which more people may be admitted than units are left, 0 to 10,000. With 0, which is the default, a unit
    /// waits for everybody who is admitted.
    /// </param>
    /// <param name="Extensions">How often somebody who is admitted may ask for more time: 0 to 20, 10 unless set (WCAG 2.2.1).</param>
    /// <param name="ExtensionSeconds">How much each time gives: 60 to 3,600, 120 unless set. Never past the batch's own end.</param>
    /// <param name="DrawnOnlySeconds">
    /// The first window: for so long after the opening, 0 to 86,400, only who registered in time is admitted. 0, the default, lets
    /// in whoever came later as soon as nobody of the draw is there.
    /// </param>
    public sealed record Room(
        DateTimeOffset? RegistrationUntil = null, int? UnitsPerTicket = null, int AdmissionSeconds = 300, int Slack = 0,
        int Extensions = WaitingRoomRules.UsualExtensions, int ExtensionSeconds = WaitingRoomRules.UsualExtensionSeconds,
        int DrawnOnlySeconds = 0);

    public static void MapReleaseBatch(this RouteGroupBuilder admin) => admin
        .MapPost("/batches", Handle)
        .WithName(nameof(ReleaseBatch))
        .WithSummary("Release a batch of units")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<Results<Created<BatchView>, ProblemHttpResult>> Handle(
        Request request, HttpContext http, OfferCopies offers, Work works, TimeProvider clock, CancellationToken cancellation)
    {
        var market = MarketCode.Normalize(request.Market) ?? "";
        if (request.Quantity is < 1 or > MostUnits)
            return BatchProblems.InvalidQuantity(MostUnits);
        if (request.ClosesAt <= request.OpensAt || request.LimitPerCustomer < 1)
            return Problems.MalformedRequest("A batch closes after it opens, and its limit is at least 1.");
        if (request.WaitingRoom is { } room
            && (room.RegistrationUntil > request.OpensAt || room.UnitsPerTicket is < 1 or > 99
                || room.AdmissionSeconds is < 30 or > 3600 || room.Slack is < 0 or > 10_000
                || room.Extensions is < 0 or > 20 || room.ExtensionSeconds is < 60 or > 3600
                || room.DrawnOnlySeconds is < 0 or > 86_400))
            return Problems.MalformedRequest(
                "In a waiting room registration ends by the opening, a ticket is for 1 to 99 units, an admission lasts 30 to 3,600 seconds, "
                + "the slack is 0 to 10,000 units, an admission is extended 0 to 20 times by 60 to 3,600 seconds, "
                + "and the first window is of 0 to 86,400 seconds.");
        // Another replica may have heard of the SKU a moment ago: then it is in the database, and not yet in our memory.
        if (offers.Find(market, request.Sku) is null)
            await offers.Refresh(cancellation);
        if (offers.Find(market, request.Sku) is null)
            return BatchProblems.UnknownSku(request.Sku);

        await using var work = await works.Begin(cancellation);
        var batch = await Release(work, request with { Market = market }, http.User.Subject(), clock.GetUtcNow());
        await work.Commit(cancellation);
        return TypedResults.Created($"/api/admin/batches/{batch.Id}", BatchView.Of(batch));
    }

    internal static async Task<Batch> Release(UnitOfWork work, Request request, string who, DateTimeOffset now)
    {
        var turn = await work.TakeTurn(request.Market, request.Sku);
        var batch = new Batch(
            Guid.CreateVersion7(), request.Market, request.Sku, request.Quantity, request.OpensAt, request.ClosesAt,
            request.LimitPerCustomer, Available: request.Quantity, Reserved: 0, Sold: 0, Withdrawn: 0, RulesOf(request));

        await work.Connection.ExecuteAsync(
            """
            insert into batches (
                id, market, sku, quantity, opens_at, closes_at, limit_per_customer, available, waiting_room, released_by, released_at)
            values (@Id, @Market, @Sku, @Quantity, @OpensAt, @ClosesAt, @LimitPerCustomer, @Quantity, @room::jsonb, @who, @now)
            """,
            new
            {
                batch.Id, batch.Market, batch.Sku, batch.Quantity, batch.OpensAt, batch.ClosesAt, batch.LimitPerCustomer, who, now,
                room = batch.WaitingRoom is null ? null : JsonSerializer.Serialize(batch.WaitingRoom),
            },
            work.Transaction);
        await Ledger.Append(work, turn, batch.Id, Movement.Released, batch.Quantity, now);
        await Changes.Record(work.Connection, work.Transaction, who, "batch released", null, BatchView.Of(batch), now);
        await work.PublishAvailability(turn, [.. turn.Batches, batch]);
        return batch;
    }

    static WaitingRoomRules? RulesOf(Request request) => request.WaitingRoom is not { } room ? null : new WaitingRoomRules(
        room.RegistrationUntil, room.UnitsPerTicket ?? request.LimitPerCustomer ?? 1, room.AdmissionSeconds, room.Slack,
        room.Extensions, room.ExtensionSeconds, room.DrawnOnlySeconds);
}

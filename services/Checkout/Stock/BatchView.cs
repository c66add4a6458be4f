using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.Contracts.Sales;
using MiStore.ServiceDefaults;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace MiStore.Checkout.Stock;

/// <summary>A batch as an operator sees it, in units.</summary>
/// <param name="WaitingRoom">How it is sold in turn; null where the first to order are served.</param>
public sealed record BatchView(
    Guid Id, string Market, string Sku, int Quantity, DateTimeOffset OpensAt, DateTimeOffset? ClosesAt, int? LimitPerCustomer,
    int Remaining, int Reserved, int Sold, int Withdrawn, WaitingRoomRules? WaitingRoom)
{
    public static BatchView Of(Batch batch) => new(
        batch.Id, batch.Market, batch.Sku, batch.Quantity, batch.OpensAt, batch.ClosesAt, batch.LimitPerCustomer,
        batch.Available, batch.Reserved, batch.Sold, batch.Withdrawn, batch.WaitingRoom);
}

static class BatchProblems
{
    public static ProblemHttpResult UnknownBatch() => Problems.Of(Status404NotFound, "unknown-batch", "There is no such batch.");

    public static ProblemHttpResult UnknownSku(string sku) => Problems.Of(
        Status404NotFound, "unknown-sku", "There is no such SKU in that market.", null, ("sku", sku));

    public static ProblemHttpResult InvalidQuantity(int most) => Problems.Of(
        Status400BadRequest, "invalid-quantity", $"A batch has 1 to {most} units.");
}

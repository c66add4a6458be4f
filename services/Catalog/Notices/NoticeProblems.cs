using Microsoft.AspNetCore.Http.HttpResults;
using MiStore.ServiceDefaults;

namespace MiStore.Catalog.Notices;

/// <summary>Every no that is said of a reminder.</summary>
static class NoticeProblems
{
    public static ProblemHttpResult UnknownSale() => Problems.Of(
        StatusCodes.Status404NotFound, "unknown-sale", "There is no such sale.", "This market holds no such sale of this SKU in turn.");

    public static ProblemHttpResult SaleBegun() => Problems.Of(
        StatusCodes.Status409Conflict, "sale-begun", "There is nothing to be reminded of: the sale has begun, or was withdrawn.");
}

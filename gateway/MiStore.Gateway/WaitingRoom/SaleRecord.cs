using MiStore.Contracts.Sales;

namespace MiStore.Gateway.WaitingRoom;

/// <summary>
/// Everything that is needed to check the order of a sale, and nothing about who the buyers are: a ticket's id is random,
/// and only its holder knows whose it is.
/// </summary>
/// <param name="Format">2; 1 had no <c>more</c>. A higher number is read by a later version.</param>
/// <param name="Commitment">SHA-256 of the seed, as it was published before the start.</param>
/// <param name="Seed">Hexadecimal.</param>
/// <param name="ListHash">SHA-256 of the list, as it was published at the start.</param>
/// <param name="List">The tickets of the draw, in the order in which they were taken.</param>
/// <param name="Journal">
/// What moved a ticket, oldest first, a line each. Instants are microseconds since 1970 in <c>late</c> and <c>again</c>, else
/// milliseconds. <c>drawn AT</c> the list was drawn; <c>late TICKET ISSUED</c> took a place behind the drawn; <c>in TICKET AT</c> was let in; <c>away TICKET AT</c> did
/// not show when it was next, and was passed by; <c>back TICKET AT</c> showed again, and has its old place; <c>unheard TICKET
/// AT</c> was let in and did not come to hear of it; <c>more TICKET AT UNTIL</c> asked for more time to order; <c>lapsed TICKET AT</c> made no order in time; <c>used TICKET AT</c> made one;
/// <c>lost AT</c> the line was lost; <c>again TICKET ISSUED</c> came back into it; <c>kept TICKET AT</c> had been let
/// in before.
/// </param>
public sealed record SaleRecord(
    int Format, Guid SaleId, string Market, string Sku, int Quantity, DateTimeOffset OpensAt, DateTimeOffset DrawAt, WaitingRoomRules Rules,
    string Commitment, string Seed, string? ListHash, int ListCount, IReadOnlyList<string> List, IReadOnlyList<string> Journal,
    int Available, int Reserved, int Sold, int Withdrawn, DateTimeOffset? LostAt, DateTimeOffset? ClosesAt = null)
{
    public const int CurrentFormat = 2;
}

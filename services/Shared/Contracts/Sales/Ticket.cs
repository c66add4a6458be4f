namespace MiStore.Contracts.Sales;

/// <summary>
/// A place in the line of one sale, or (once <paramref name="AdmittedUntil"/> is set) the right to order there. The
/// gateway seals it; the buyer carries it, so that a store which has lost its line can make it again.
/// </summary>
/// <param name="Holder">Whose it is: <see cref="Mailbox.KeyOf"/> the buyer's e-mail address. The order must have the same.</param>
/// <param name="IssuedAt">When it was taken; the line after the draw goes by it.</param>
/// <param name="AdmittedUntil">Up to when it opens <c>POST /api/orders</c>; null while its holder waits.</param>
/// <param name="Extensions">How often that has been put off.</param>
public sealed record Ticket(
    Guid Id, Guid SaleId, string Holder, DateTimeOffset IssuedAt, DateTimeOffset? AdmittedUntil = null, int Extensions = 0);

using MiStore.Checkout.Orders;

namespace MiStore.Bench.Lane;

/// <summary>
/// A way to sell the units of one hot SKU. Each writes the same rows for an order, durably and together: the order with
/// its unique key, the batch, the ledger entry, the customer's two counts, and the message.
/// </summary>
interface IDesign : IAsyncDisposable
{
    /// <returns>True once the order is committed; false when there was nothing left.</returns>
    Task<bool> Place(Placement placement);
}

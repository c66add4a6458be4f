using System.Text.Json;
using MiStore.Contracts.Sales;

namespace MiStore.Checkout.Inputs;

/// <summary>
/// One line of the recorded inputs of a sale: first the sale, then a line for each turn and one for each entry of the ledger, at
/// last the end. Exactly one member is there.
/// </summary>
public sealed record InputLine(RecordedSale? Sale = null, RecordedTurn? Turn = null, RecordedEntry? Entry = null, RecordingEnd? End = null)
{
    public string ToJson() => JsonSerializer.Serialize(this, InputJson.Default.InputLine);

    /// <exception cref="JsonException">It is none.</exception>
    public static InputLine Read(string json) =>
        JsonSerializer.Deserialize(json, InputJson.Default.InputLine) ?? throw new JsonException("A line of recorded inputs is an object.");
}

/// <summary>What was sold, and how it stands.</summary>
/// <param name="Format">1. Another number is read by another version.</param>
/// <param name="Batch">The one that was asked for.</param>
/// <param name="At">When all of this was read, at one instant.</param>
/// <param name="Batches">All that share a SKU or an order with it, at the same time.</param>
public sealed record RecordedSale(int Format, Guid Batch, string Market, DateTimeOffset At, IReadOnlyList<RecordedBatch> Batches)
{
    public const int CurrentFormat = 1;
}

/// <summary>A batch by its rules, and what has become of its units.</summary>
public sealed record RecordedBatch(
    Guid Id, string Sku, int Quantity, DateTimeOffset OpensAt, DateTimeOffset? ClosesAt, int? LimitPerCustomer, WaitingRoomRules? WaitingRoom,
    int Available, int Reserved, int Sold, int Withdrawn);

/// <summary>What was decided at one instant, one after the other.</summary>
public sealed record RecordedTurn(long Turn, DateTimeOffset At, IReadOnlyList<Input> Inputs);

/// <summary>One entry of the ledger.</summary>
public sealed record RecordedEntry(Guid Batch, Guid? Order, string Movement, int Units, DateTimeOffset At);

/// <summary>The last line: a recording without it has been cut off.</summary>
public sealed record RecordingEnd(int Turns, int Entries);

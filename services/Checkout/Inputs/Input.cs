using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MiStore.Checkout.Orders;

namespace MiStore.Checkout.Inputs;

/// <summary>
/// One thing that a market's lane was asked: an order that wanted units, something that an order heard, or units that an operator
/// released or took back. Exactly one of <paramref name="Wanted"/>, <paramref name="Heard"/> and <paramref name="Stock"/> is there.
/// </summary>
/// <param name="Order">The order, or what would have been one.</param>
/// <param name="Wanted">The units that it asked for, with the offer's limit at that moment.</param>
/// <param name="Heard">See <see cref="LaneInputs.Word"/>.</param>
/// <param name="By">Who asked. Kept of refused orders; of the others the orders themselves know it.</param>
/// <param name="Refused">The code of the refusal; null of an order that got its units.</param>
public sealed record Input(
    Guid? Order = null, IReadOnlyList<WantedUnits>? Wanted = null, string? Heard = null, StockInput? Stock = null, Asker? By = null,
    string? Refused = null);

/// <summary>Who asked for units, without a name: hashes that are equal where a purchase limit counts them as one.</summary>
/// <param name="Key">A hash of the idempotency key.</param>
/// <param name="Request">A hash of the request: another one under the same key is refused.</param>
/// <param name="Ticket">The ticket that it came with, and the sale that this opens.</param>
public sealed record Asker(
    IReadOnlyList<string> Customer, string Key, string Request, DateTimeOffset PlacedAt, DateTimeOffset ReservedUntil, Guid? Ticket = null,
    Guid? Sale = null)
{
    public static Asker Of(Placement placement) => new(
        [.. placement.CustomerKeys.Select(Hash)], Hash(placement.IdempotencyKey), Hex(placement.RequestHash), placement.PlacedAt,
        placement.ReservedUntil, placement.Ticket?.Id, placement.Ticket?.SaleId);

    /// <summary>128 bits are enough to be equal only where the text is.</summary>
    public static string Hash(string text) => Hex(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static string Hex(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, Math.Min(16, hash.Length)));
}

/// <param name="Movement">released or withdrawn, as in the ledger.</param>
/// <param name="Units">As it was; when played under other rules, what is left is taken back.</param>
public sealed record StockInput(Guid Batch, string Movement, int Units);

/// <summary>How the inputs of a turn are kept and read again.</summary>
public static class LaneInputs
{
    /// <summary>What is worth keeping of a turn, as JSON; null where nothing is.</summary>
    /// <param name="answers">What each entry heard: <see cref="PlacementResult"/> or <see cref="Step"/>.</param>
    internal static string? Of(IReadOnlyList<OrderLane.Entry> turn, IReadOnlyList<object?> answers)
    {
        var inputs = turn.Select((entry, i) => Of(entry, answers[i])).OfType<Input>().ToList();
        return inputs.Count == 0 ? null : JsonSerializer.Serialize(inputs, InputJson.Default.ListInput);
    }

    internal static string Of(StockInput stock) => JsonSerializer.Serialize([new Input(Stock: stock)], InputJson.Default.ListInput);

    public static IReadOnlyList<Input> Read(string json) => JsonSerializer.Deserialize(json, InputJson.Default.ListInput)!;

    /// <summary>What an order heard, in a word.</summary>
    public static string Word(OrderFact fact) => fact switch
    {
        OrderFact.PaymentStarted => "payment-started",
        OrderFact.PaymentUnclear => "payment-unclear",
        OrderFact.PaymentSucceeded => "payment-succeeded",
        OrderFact.PaymentDeclined => "payment-declined",
        OrderFact.ReservationExpired => "reservation-expired",
        OrderFact.CancellationRequested => "cancellation-requested",
        OrderFact.RefundMade => "refund-made",
        OrderFact.ParcelPacked => "parcel-packed",
        OrderFact.ParcelShipped => "parcel-shipped",
        OrderFact.ParcelDelivered => "parcel-delivered",
        _ => throw new ArgumentOutOfRangeException(nameof(fact)),
    };

    /// <summary>The fact of a word, without the provider's own numbers: no unit ever moves by those. Null where there is none.</summary>
    public static OrderFact? Fact(string word) => word switch
    {
        "payment-started" => new OrderFact.PaymentStarted(),
        "payment-unclear" => new OrderFact.PaymentUnclear(),
        "payment-succeeded" => new OrderFact.PaymentSucceeded("replayed"),
        "payment-declined" => new OrderFact.PaymentDeclined(null, "replayed"),
        "reservation-expired" => new OrderFact.ReservationExpired(),
        "cancellation-requested" => new OrderFact.CancellationRequested(),
        "refund-made" => new OrderFact.RefundMade(),
        "parcel-packed" => new OrderFact.ParcelPacked(),
        "parcel-shipped" => new OrderFact.ParcelShipped(),
        "parcel-delivered" => new OrderFact.ParcelDelivered(),
        _ => null,
    };

    /// <summary>The code of a refusal, as the buyer hears it; null of what is none.</summary>
    public static string? Refusal(PlacementResult result) => result switch
    {
        PlacementResult.SoldOut => "sold-out",
        PlacementResult.NotYetOpen => "not-yet-open",
        PlacementResult.LimitExceeded => "limit-exceeded",
        PlacementResult.TicketRequired => "ticket-required",
        PlacementResult.TicketUsed => "ticket-used",
        _ => null,
    };

    // A repeated request binds nobody and changes nothing, nor does a fact of an order that there is not.
    static Input? Of(OrderLane.Entry entry, object? answer) => (entry, answer) switch
    {
        (OrderLane.Entry.New { Placement: var placement }, PlacementResult.Reserved) => new Input(placement.OrderId, placement.Wanted),
        (OrderLane.Entry.New { Placement: var placement }, PlacementResult result) when Refusal(result) is { } refusal =>
            new Input(placement.OrderId, placement.Wanted, By: Asker.Of(placement), Refused: refusal),
        (OrderLane.Entry.Existing existing, Step) => new Input(existing.OrderId, Heard: Word(existing.Fact)),
        _ => null,
    };
}

// Generated: the lane is one for all, and may not wait for reflection.
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<Input>))]
[JsonSerializable(typeof(InputLine))]
sealed partial class InputJson : JsonSerializerContext;

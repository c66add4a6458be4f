using System.Globalization;
using MiStore.Checkout.Inputs;

namespace MiStore.Replay;

/// <summary>Other rules for the same arrivals.</summary>
/// <param name="Limit">Units of the batch for one customer, instead of what the batch and the offer say.</param>
/// <param name="Hold">How long units are held for an order that is not paid.</param>
public sealed record WhatIf(int? Limit = null, TimeSpan? Hold = null)
{
    /// <summary>As it is typed: limit=1, ttl=90s, ttl=5m, ttl=1h. Null where it is none of them.</summary>
    public WhatIf? With(string words) => words.Split('=') switch
    {
        ["limit", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var units) && units is >= 1 and <= 10_000_000 =>
            this with { Limit = units },
        ["ttl", [.. var text, var unit]] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && SecondsOf(unit) * number is >= 1 and <= 86_400 and var seconds => this with { Hold = TimeSpan.FromSeconds(seconds) },
        _ => null,
    };

    /// <summary>
    /// The recording as it would have been asked of the lane under these rules. Where holds last otherwise, they also end otherwise: what
    /// was recorded of their ends is left out, and the stage ends them.
    /// </summary>
    public Recording Of(Recording recording) => recording with
    {
        Sale = recording.Sale with
        {
            Batches = [.. recording.Sale.Batches.Select(batch =>
                Limit is { } limit && batch.Id == recording.Sale.Batch ? batch with { LimitPerCustomer = limit } : batch)],
        },
        Turns = [.. recording.Turns.Select(turn => turn with
        {
            Inputs = [.. turn.Inputs.Where(input => Hold is null || input.Heard != "reservation-expired").Select(input => Of(input, recording.Batch.Sku))],
        })],
    };

    public override string ToString() => string.Join(", ", new[]
    {
        Limit is { } limit ? $"limit = {limit}" : null,
        Hold is { } hold ? string.Create(CultureInfo.InvariantCulture, $"ttl = {hold.TotalSeconds} s") : null,
    }.OfType<string>());

    Input Of(Input input, string sku) => input with
    {
        By = input.By is { } by && Hold is { } hold ? by with { ReservedUntil = by.PlacedAt + hold } : input.By,
        Wanted = Limit is null ? input.Wanted : input.Wanted?.Select(units => units.Sku == sku ? units with { LimitPerCustomer = null } : units).ToList(),
    };

    static long SecondsOf(char unit) => unit switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
}

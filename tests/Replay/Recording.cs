using System.Text.Json;
using MiStore.Checkout.Inputs;

namespace MiStore.Replay;

/// <summary>Everything that decided a sale, and the ledger that came of it, as <c>GET /api/admin/batches/{id}/inputs</c> gives it.</summary>
public sealed record Recording(RecordedSale Sale, IReadOnlyList<RecordedTurn> Turns, IReadOnlyList<RecordedEntry> Entries)
{
    /// <summary>The batch that was asked for.</summary>
    public RecordedBatch Batch => Sale.Batches.Single(batch => batch.Id == Sale.Batch);

    /// <summary>Every order that wanted units, in the order in which they were looked at.</summary>
    public IEnumerable<Input> Arrivals => Turns.SelectMany(turn => turn.Inputs).Where(input => input.Wanted is not null);

    /// <exception cref="InvalidDataException">It is no recording, or not all of one.</exception>
    public static async Task<Recording> Read(TextReader text, CancellationToken cancellation = default)
    {
        RecordedSale? sale = null;
        RecordingEnd? end = null;
        var (turns, entries) = (new List<RecordedTurn>(), new List<RecordedEntry>());
        try
        {
            while (await text.ReadLineAsync(cancellation) is { } line)
                switch (InputLine.Read(line))
                {
                    case { Sale: { } first }:
                        sale = first;
                        break;
                    case { Turn: { } turn }:
                        turns.Add(turn);
                        break;
                    case { Entry: { } entry }:
                        entries.Add(entry);
                        break;
                    case { End: { } last }:
                        end = last;
                        break;
                }
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"This is no recording of a sale: {fault.Message}");
        }

        if (sale is not { Format: RecordedSale.CurrentFormat } || !sale.Batches.Any(batch => batch.Id == sale.Batch))
            throw new InvalidDataException($"This is no recording of a sale in the format {RecordedSale.CurrentFormat}.");
        return end == new RecordingEnd(turns.Count, entries.Count)
            ? new Recording(sale, turns, entries)
            : throw new InvalidDataException("The recording has been cut off: what its last line counts is not there.");
    }
}

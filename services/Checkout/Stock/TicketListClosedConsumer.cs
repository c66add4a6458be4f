using System.Text.Json;
using Dapper;
using MassTransit;
using MiStore.Contracts.Sales;
using MiStore.Messaging;

namespace MiStore.Checkout.Stock;

/// <summary>
/// Keeps the hash of a draw's tickets with its batch and tells everybody: from now on the waiting room itself could not
/// put another list in its place.
/// </summary>
public sealed class TicketListClosedConsumer(Work works, TimeProvider clock) : IConsumer<TicketListClosed>
{
    public async Task Consume(ConsumeContext<TicketListClosed> context)
    {
        await using var work = await works.Begin(context);
        if (work.IsRepeat)
            return;

        var (saleId, tickets) = context.Message;
        var sale = await work.Connection.QuerySingleOrDefaultAsync<(string Market, string Sku)?>(
            "select market, sku from batches where id = @saleId and waiting_room is not null", new { saleId }, work.Transaction);
        if (sale is not var (market, sku))
            return;

        var turn = await work.TakeTurn(market, sku);
        var kept = turn.Batches.Single(batch => batch.Id == saleId).TicketList;
        if (kept is null)
        {
            await work.Connection.ExecuteAsync(
                "update batches set ticket_list = @list::jsonb where id = @saleId",
                new { saleId, list = JsonSerializer.Serialize(tickets) }, work.Transaction);
            await Changes.Record(
                work.Connection, work.Transaction, "waiting room", "draw closed", null, new { saleId, tickets.Sha256, tickets.Count }, clock.GetUtcNow());
        }

        // Also to whoever came too late with another list: this is the one that counts.
        await work.PublishAvailability(
            turn, [.. turn.Batches.Select(batch => batch.Id == saleId ? batch with { TicketList = kept ?? tickets } : batch)]);
        await work.Commit(context.CancellationToken);
    }
}

using Dapper;
using MassTransit;
using MiStore.Contracts.Replays;
using MiStore.Messaging;

namespace MiStore.Checkout.Stock;

/// <summary>Tells what is left of every SKU again, to a service that has lost its copies.</summary>
public sealed class ReplayRequestedConsumer(Work works) : IConsumer<ReplayRequested>
{
    public const string Producer = "checkout";

    public async Task Consume(ConsumeContext<ReplayRequested> context)
    {
        if (context.Message.Producer != Producer)
            return;

        await using var work = await works.Begin(context);
        if (work.IsRepeat)
            return;

        var skus = (await work.Connection.QueryAsync<(string Market, string Sku)>(
            "select distinct market, sku from batches order by market, sku", transaction: work.Transaction)).AsList();
        foreach (var (market, sku) in skus)
        {
            var turn = await work.TakeTurn(market, sku);
            await work.PublishAvailability(turn, turn.Batches);
        }

        work.Publish(new ReplayFinished(context.Message.By, Producer, skus.Count));
        await work.Commit(context.CancellationToken);
    }
}

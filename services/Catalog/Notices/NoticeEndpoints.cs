namespace MiStore.Catalog.Notices;

static class NoticeEndpoints
{
    public static void AddNotices(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<NoticeOptions>().BindConfiguration("Notices").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<NoticeLinks>();
        builder.Services.AddHostedService<GiveNotice>();
        builder.Services.AddHostedService<RemindOfSale>();
    }

    public static void MapNotices(this WebApplication app)
    {
        var notices = app.MapGroup("/api/notices").WithTags("Notices");
        notices.MapAskForNotice();
        notices.MapConfirmNotice();
        notices.MapWithdrawNotice();
    }
}

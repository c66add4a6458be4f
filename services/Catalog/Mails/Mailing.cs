namespace MiStore.Catalog.Mails;

static class Mailing
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<MailOptions>().BindConfiguration("Mail").ValidateDataAnnotations().ValidateOnStart();
        if (string.IsNullOrEmpty(builder.Configuration["Mail:Host"]))
            builder.Services.AddSingleton<IMailer, FolderMailer>();
        else
            builder.Services.AddSingleton<IMailer, SmtpMailer>();
    }

    /// <summary>Says at start where mails go: a store that writes to a folder would otherwise look like one that sends.</summary>
    public static void SayWhereMailGoes(this WebApplication app)
    {
        var mail = app.Configuration.GetSection("Mail");
        if (mail["Host"] is { Length: > 0 } host)
            app.Logger.LogInformation("Mails go to {Host}.", host);
        else
            app.Logger.LogWarning("No mail leaves this store: without Mail:Host mails are put in {Folder} as .eml files.", mail["Folder"]);
    }
}

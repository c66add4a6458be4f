using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MiStore.Storefront;

/// <summary>A page as an answer: its component, what it shows, and the status that a program understands.</summary>
static class Page
{
    public static RazorComponentResult<TPage> Of<TPage>(object parameters, int status = StatusCodes.Status200OK) where TPage : IComponent =>
        new(parameters) { StatusCode = status };

    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Configuration["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] ??= "Error";
        builder.Services.AddRazorComponents();
        builder.Services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "form";
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
    }
}

using System.Xml.Linq;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MiStore.Storefront;

/// <summary>A page as an answer: its component, what it shows, and the status that a program understands.</summary>
static class Page
{
    public static RazorComponentResult<TPage> Of<TPage>(object parameters, int status = StatusCodes.Status200OK) where TPage : IComponent =>
        new(parameters) { StatusCode = status };

    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents();
        // Components bring a key ring that nothing of ours uses (OwnForms.cs): it is forgotten with us, and is nobody's file.
        builder.Services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new Forgotten());
        builder.Configuration["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] ??= "Error";
    }

    sealed class Forgotten : IXmlRepository
    {
        readonly List<XElement> elements = [];

        public IReadOnlyCollection<XElement> GetAllElements() => [.. elements];

        public void StoreElement(XElement element, string friendlyName) => elements.Add(element);
    }
}

using System.CommandLine;
using System.Globalization;
using Microsoft.OpenApi;
using SocialRegistry.Host.Server;
using SocialRegistry.Registry;
using Swashbuckle.AspNetCore.Swagger;

namespace SocialRegistry.Host.Commands;

/// <summary><c>openapi</c>: writes the OpenAPI document with the default catalogue and no database; the committed file is checked against it.</summary>
internal static class OpenApiCommand
{
    public static Command Create()
    {
        var output = new Option<FileInfo?>("--output") { Description = "File to write; standard output when absent" };
        var command = new Command("openapi", "Write the OpenAPI document, with the default catalogue and no database.")
        {
            output,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var app = RegistryServer.Build(
                    new ServerSettings
                    {
                        RoutesOnly = true,
                        Demo = true,
                        Overrides = new Dictionary<string, string?> { ["PublicUrl"] = "http://localhost:5080" },
                    }
                );
                using var scope = app.Services.CreateScope();
                var document = scope
                    .ServiceProvider.GetRequiredService<ISwaggerProvider>()
                    .GetSwagger(OpenApiDocuments.Version);
                DocumentedValues.Describe(document, RegistryModule.DefaultCatalogue);
                var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
                document.SerializeAsV31(new OpenApiJsonWriter(text));
                if (parsed.GetValue(output) is { } file)
                {
                    await File.WriteAllTextAsync(file.FullName, text + "\n", cancellationToken);
                }
                else
                {
                    Console.WriteLine(text);
                }

                return 0;
            }
        );
        return command;
    }
}

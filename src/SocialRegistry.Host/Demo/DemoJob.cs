using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Host.Commands;
using SocialRegistry.Host.Server;

namespace SocialRegistry.Host.Demo;

/// <summary>The main job, end to end, through the real doors: every step is an HTTP request to the server that goes on serving.</summary>
internal static class DemoJob
{
    private const int Seed = 20260101;
    private const int Households = 250;

    public static async Task<int> RunAsync(ServerSettings settings, bool once, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ConnectionStrings__Registry")))
        {
            Console.Error.WriteLine(
                "warning: ConnectionStrings__Registry is ignored; the demo uses its own embedded database."
            );
        }

        var folder = DemoFolder.Open();
        var steps = new DemoSteps();
        var secrets = DemoSecrets.New();
        var urls = FreePorts.Resolve(
            settings.Urls ?? Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? Listeners.DefaultUrls
        );
        var baseUrl = FreePorts.Reachable(urls);
        settings = settings with
        {
            Demo = true,
            Urls = urls,
            Overrides = new Dictionary<string, string?>(settings.Overrides)
            {
                ["ConnectionStrings:Registry"] = "Data Source=" + folder.Database,
                ["PublicUrl"] = settings.Overrides.GetValueOrDefault("PublicUrl") ?? baseUrl,
                ["Logging:LogLevel:Default"] = "Warning",
            },
        };
        var sample = SampleCountry.Write(folder.Sample, Seed, Households);
        var bootstrap = await folder.WriteBootstrapAsync(
            secrets,
            sample.PersonIdentifier,
            settings.Bootstrap,
            cancellationToken
        );
        await using var app = RegistryServer.Build(settings);
        await steps.RunAsync(
            "Database, keys and partners",
            async () =>
            {
                await RegistryServer.PrepareAsync(app, settings with { Bootstrap = bootstrap }, cancellationToken);
                await app.StartAsync(cancellationToken);
                return $"embedded database {folder.Database}, serving at {baseUrl}";
            }
        );

        using var client = new DemoClient(baseUrl, secrets);
        await steps.RunAsync("Sign in as partner", () => client.SignInAsync(cancellationToken));
        await steps.RunAsync(
            "Import areas from CSV",
            () => client.ImportAsync("areas", sample.AreasFile, cancellationToken)
        );
        await steps.RunAsync(
            "Import households from CSV",
            () => client.ImportAsync("group", sample.HouseholdsFile, cancellationToken)
        );
        await steps.RunAsync(
            "Import persons from CSV",
            () => client.ImportAsync("individual", sample.PersonsFile, cancellationToken)
        );
        await steps.RunAsync(
            "Find one person by identifier",
            () => client.FindPersonAsync(sample.PersonIdentifier, cancellationToken)
        );
        await steps.RunAsync("Attest her fields", () => client.AttestAsync(cancellationToken));
        await steps.RunAsync(
            "Search through DCI",
            () => client.SearchDciAsync(sample.PersonIdentifier, cancellationToken)
        );
        await steps.RunAsync("Offer credentials", () => client.OfferAsync(cancellationToken));
        await steps.RunAsync("Fetch them with a wallet", () => client.FetchAsync(cancellationToken));
        await steps.RunAsync("Verify", () => client.VerifyAsync(cancellationToken));
        await steps.RunAsync("Change one byte: refused", () => client.VerifyTamperedAsync(cancellationToken));
        await steps.RunAsync(
            "Leave an offer for your own wallet",
            async () =>
            {
                var offer = await client.OfferForWalletAsync(cancellationToken);
                await folder.WriteSummaryAsync(
                    Summary(app, baseUrl, secrets, sample, client.PersonId, offer),
                    cancellationToken
                );
                return $"written to {folder.Summary}";
            }
        );
        steps.PrintTotal();
        if (once)
        {
            await app.StopAsync(cancellationToken);
            return 0;
        }

        DemoGreeting.Print(app, folder, secrets);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static JsonObject Summary(
        WebApplication app,
        string baseUrl,
        DemoSecrets secrets,
        SampleSummary sample,
        string personId,
        (string Uri, string TxCode) offer
    ) =>
        new()
        {
            ["baseUrl"] = baseUrl,
            ["grpc"] = RegistryServer.Addresses(app)[^1],
            ["partner"] = new JsonObject { ["id"] = DemoSecrets.Partner, ["secret"] = secrets.PartnerSecret },
            ["staff"] = new JsonArray([
                .. secrets.Staff.Select(staff =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["user"] = staff.User,
                            ["password"] = staff.Password,
                            ["roles"] = new JsonArray([.. staff.Roles.Select(role => (JsonNode)role)]),
                        }
                ),
            ]),
            ["person"] = new JsonObject
            {
                ["user"] = DemoSecrets.Person,
                ["password"] = secrets.PersonPassword,
                ["registrant"] = personId,
                ["identifiers"] = new JsonArray(
                    new JsonObject
                    {
                        ["type"] = sample.PersonIdentifier.Type,
                        ["value"] = sample.PersonIdentifier.Value,
                    }
                ),
            },
            ["offer"] = new JsonObject { ["uri"] = offer.Uri, ["tx_code"] = offer.TxCode },
        };
}

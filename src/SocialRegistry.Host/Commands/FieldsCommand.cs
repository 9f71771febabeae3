using System.CommandLine;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Host.Server;

namespace SocialRegistry.Host.Commands;

/// <summary><c>fields</c>: the field catalogue, on the server itself. A running server sees a change within seconds.</summary>
internal static class FieldsCommand
{
    /// <summary>The draft may not be published as things stand.</summary>
    private const int NotPublishable = 3;

    private const int MaxBytes = 1024 * 1024;

    private static readonly Caller Operator = Caller.System("fields", "cli");

    public static Command Create()
    {
        var command = new Command(
            "fields",
            """
            The fields of persons and groups: list, draft, preview, publish, retire. On the server itself, with its settings;
            a running server takes a change over within seconds.

            Examples:
              socialregistry fields draft livestock.json
              socialregistry fields preview livestock_count
              socialregistry fields publish livestock_count
            """
        );
        command.Add(List());
        command.Add(Draft());
        command.Add(
            OfField(
                "preview",
                "What publishing a draft would do to what is stored; exit status 3 when it may not be published.",
                async (changes, name, output, cancellationToken) =>
                {
                    var effect = FieldsOutput.OrThrow(await changes.PreviewAsync(name, Operator, cancellationToken));
                    output.Write(effect);
                    return effect.Publishable ? 0 : NotPublishable;
                }
            )
        );
        command.Add(
            OfField(
                "publish",
                "Publish a draft; refused while stored values would break.",
                async (changes, name, output, cancellationToken) =>
                {
                    output.Write(
                        FieldsOutput.OrThrow(
                            await changes.PublishAsync(name, WriteConditions.None, Operator, cancellationToken)
                        )
                    );
                    return 0;
                }
            )
        );
        command.Add(
            OfField(
                "retire",
                "Retire a field: it takes no values any more, those that are there stay readable.",
                async (changes, name, output, cancellationToken) =>
                {
                    output.Write(
                        FieldsOutput.OrThrow(
                            await changes.RetireAsync(name, WriteConditions.None, Operator, cancellationToken)
                        )
                    );
                    return 0;
                }
            )
        );
        return command;
    }

    private static Command List()
    {
        var kind = Kind();
        var drafts = new Option<bool>("--drafts") { Description = "The drafts instead of what stands" };
        var command = new Command(
            "list",
            """
            The fields that stand, or the drafts.

            Examples:
              socialregistry fields list --kind group
              socialregistry fields list --drafts --json
            """
        );
        command.Add(kind);
        command.Add(drafts);
        return Run(
            command,
            async (services, parsed, output, cancellationToken) =>
            {
                var wanted = parsed.GetValue(kind);
                if (parsed.GetValue(drafts))
                {
                    var all = FieldsOutput.OrThrow(
                        await services.GetRequiredService<ICatalogueChanges>().DraftsAsync(Operator, cancellationToken)
                    );
                    output.Write([.. all.Where(d => wanted is null || d.Field.Kind == wanted)]);
                }
                else
                {
                    var catalogue = await services.GetRequiredService<IFieldCatalogue>().GetAsync(cancellationToken);
                    output.Write(
                        catalogue.Version,
                        [.. catalogue.Fields.Where(f => wanted is null || f.Kind == wanted)]
                    );
                }

                return 0;
            }
        );
    }

    private static Command Draft()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "JSON file with the definition, as POST /api/v1/fields takes it; - reads standard input",
        };
        var command = new Command(
            "draft",
            """
            Draft a field, or a change of one that stands.

            Example:
              socialregistry fields draft livestock.json --json
            """
        );
        command.Add(file);
        return Run(
            command,
            async (services, parsed, output, cancellationToken) =>
            {
                var definition = await ReadAsync(parsed.GetRequiredValue(file), cancellationToken);
                var draft = FieldsOutput.OrThrow(
                    await services
                        .GetRequiredService<ICatalogueChanges>()
                        .DraftAsync(definition.ToView(), WriteConditions.None, Operator, cancellationToken)
                );
                output.Write(draft);
                return 0;
            }
        );
    }

    private static Command OfField(
        string name,
        string description,
        Func<ICatalogueChanges, FieldName, FieldsOutput, CancellationToken, Task<int>> run
    )
    {
        var id = new Argument<string>("ID") { Description = "The field's id" };
        var kind = Kind();
        var command = new Command(
            name,
            $"""
            {description}

            Example:
              socialregistry fields {name} livestock_count --kind individual
            """
        );
        command.Add(id);
        command.Add(kind);
        return Run(
            command,
            (services, parsed, output, cancellationToken) =>
                run(
                    services.GetRequiredService<ICatalogueChanges>(),
                    new FieldName(parsed.GetValue(kind), parsed.GetRequiredValue(id)),
                    output,
                    cancellationToken
                )
        );
    }

    private static Command Run(
        Command command,
        Func<IServiceProvider, ParseResult, FieldsOutput, CancellationToken, Task<int>> run
    )
    {
        var json = new Option<bool>("--json") { Description = "Print the result as JSON only" };
        var arguments = new ServerArguments();
        command.Add(json);
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(async () =>
                {
                    if (!arguments.TryRead(parsed, out var settings))
                    {
                        return 2;
                    }

                    // Standard output belongs to the result.
                    var quiet = new Dictionary<string, string?>(settings.Overrides)
                    {
                        ["Logging:Console:LogToStandardErrorThreshold"] = "Trace",
                    };
                    await using var app = await LocalRegistry.OpenAsync(
                        settings with
                        {
                            Overrides = quiet,
                        },
                        cancellationToken
                    );
                    return await run(
                        app.Services,
                        parsed,
                        new FieldsOutput(Console.Out, parsed.GetValue(json)),
                        cancellationToken
                    );
                })
        );
        return command;
    }

    private static Option<string?> Kind()
    {
        var kind = new Option<string?>("--kind")
        {
            Description = "individual or group; needed where both kinds have a field of the name",
        };
        kind.AcceptOnlyFromAmong(RegistrantKinds.Individual, RegistrantKinds.Group);
        return kind;
    }

    private static async Task<FieldDefinition> ReadAsync(string file, CancellationToken cancellationToken)
    {
        await using var input = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
        var buffer = new byte[MaxBytes + 1];
        var length = await input.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MaxBytes)
        {
            throw new OperatorException($"{file} is larger than {MaxBytes} bytes.");
        }

        try
        {
            var definition = JsonSerializer.Deserialize<FieldDefinition>(
                buffer.AsSpan(0, length),
                FieldDefinition.Format
            );
            return definition is { Kind: not null, Class: not null }
                ? definition
                : throw new OperatorException($"{file}: a field needs its kind and its class.");
        }
        catch (JsonException e)
        {
            throw new OperatorException($"{file} is not the definition of a field: {e.Message}");
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using SocialRegistry.Contracts;

namespace SocialRegistry.Host.Server;

/// <summary>The section <c>areas</c> of the bootstrap file: checked as a whole before anything of the file is applied.</summary>
internal sealed class BootstrapAreas(IAreas areas)
{
    private static readonly Caller Caller = Caller.System("bootstrap", "bootstrap");

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 32,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private IReadOnlyList<AreaRow> rows = [];

    /// <summary>What is wrong in the section; <c>null</c> when it may be applied. What is wrong with the file as JSON is told elsewhere.</summary>
    public async Task<Problem?> CheckAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        if (Section(file) is not { } section)
        {
            return null;
        }

        if (section.ValueKind != JsonValueKind.Array || section.GetArrayLength() > AreaLimits.MaxRows)
        {
            return Wrong([
                new FieldProblem("$.areas", "type", $"expected an array of at most {AreaLimits.MaxRows} areas"),
            ]);
        }

        var read = section.EnumerateArray().Index().Select(a => Read(a.Index, a.Item)).ToList();
        if (read.Where(r => !r.Succeeded).SelectMany(r => r.Problem!.Fields).ToList() is { Count: > 0 } faults)
        {
            return Wrong(faults);
        }

        rows = [.. read.Select(r => r.Require())];
        var outcomes = await areas.ImportAsync(rows, dryRun: true, Caller, cancellationToken);
        return outcomes.Succeeded
            ? Wrong([.. outcomes.Value.Index().SelectMany(o => Places(o.Index, o.Item.Problem))])
            : outcomes.Problem;
    }

    /// <summary>Brings the checked areas in. Applying them twice changes nothing.</summary>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        if (rows.Count > 0)
        {
            foreach (var outcome in (await areas.ImportAsync(rows, false, Caller, cancellationToken)).Require())
            {
                outcome.Require();
            }
        }
    }

    private static JsonElement? Section(ReadOnlyMemory<byte> file)
    {
        try
        {
            // A mark at the beginning is allowed, as by the reader of the other sections.
            var text = file.Span.StartsWith("\uFEFF"u8) ? file[3..] : file;
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 32 });
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("areas", out var section)
                && section.ValueKind != JsonValueKind.Null
                ? section.Clone()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Outcome<AreaRow> Read(int index, JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object
                ? element.Deserialize<AreaRow>(Strict)!
                : Wrong([new FieldProblem($"$.areas[{index}]", "type", "expected an object")])!;
        }
        catch (JsonException e)
        {
            // The message of the reader may quote the file; its path names members only.
            var path = e.Path is { Length: > 1 } inner ? inner[1..] : "";
            return Wrong([new FieldProblem($"$.areas[{index}]{path}", "type", "expected what the schema says")])!;
        }
    }

    private static IEnumerable<FieldProblem> Places(int index, Problem? problem) =>
        problem is null ? []
        : problem.Fields.Count == 0 ? [new FieldProblem($"$.areas[{index}]", problem.Code, problem.Detail)]
        : problem.Fields.Select(f => f with { Field = $"$.areas[{index}].{f.Field}" });

    private static Problem? Wrong(IReadOnlyList<FieldProblem> places) =>
        places.Count == 0
            ? null
            : Problem.Invalid(
                "bootstrap.invalid",
                "The bootstrap file was not applied; mend these places.",
                [.. places.Take(50)]
            );
}

using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Identifiers;

/// <summary>The numbers that a new record asks for.</summary>
internal sealed class GenerateAtCreation(NumberPool pool, FieldCatalogue catalogue)
{
    private const int Most = 5;

    /// <summary>Checks what is asked for.</summary>
    public Problem? Check(NewRegistrant registrant, Caller caller)
    {
        var asked = registrant.Generate ?? [];
        var problems = new List<FieldProblem>();
        if (asked.Count > Most || asked.Count + (registrant.Identifiers?.Count ?? 0) > ValueLimits.MaxIdentifiers)
        {
            problems.Add(new FieldProblem("generate", "items", $"At most {Most} numbers are made for one record."));
        }

        var seen = new HashSet<string>();
        foreach (var (index, name) in asked.Take(Most).Index())
        {
            var type = catalogue.Current.IdentifierType(name);
            if (type?.View.Generator is null || type.View.Kind != registrant.Kind)
            {
                problems.Add(
                    new FieldProblem(
                        $"generate[{index}]",
                        "generator",
                        $"Send an identifier type with a generator for the kind {(registrant.Kind is RegistrantKinds.Group ? "group" : "individual")}."
                    )
                );
            }
            else if (!type.IsIn(caller.Fields))
            {
                problems.Add(
                    new FieldProblem($"generate[{index}]", "scope", "The identifier type is not for this caller.")
                );
            }
            else if (!seen.Add(type.View.Id))
            {
                problems.Add(new FieldProblem($"generate[{index}]", "duplicate", "This type is there twice."));
            }
        }

        return problems.Count == 0 ? null : RegistrantProblems.Invalid(problems);
    }

    /// <summary>The draft with its numbers; they are stored with it or not at all.</summary>
    public async Task<Outcome<RecordDraft>> AddAsync(
        RegistryDbContext db,
        NewRegistrant registrant,
        RecordDraft draft,
        CancellationToken cancellationToken
    )
    {
        var numbers = new List<KnownIdentifier>();
        foreach (var name in registrant.Generate ?? [])
        {
            if (await pool.TakeAsync(db, catalogue.Current.IdentifierType(name)!, cancellationToken) is not { } number)
            {
                return IdentifierProblems.Exhausted;
            }

            numbers.Add(number);
        }

        return numbers.Count == 0 ? draft : draft.And(numbers);
    }
}

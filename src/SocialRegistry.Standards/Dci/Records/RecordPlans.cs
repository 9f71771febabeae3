using System.Runtime.CompilerServices;
using SocialRegistry.Contracts;

namespace SocialRegistry.Standards.Dci.Records;

/// <summary>The plans of all shapes for one state of the catalogue.</summary>
internal sealed class RecordPlans(CatalogueView catalogue)
{
    private readonly Dictionary<RecordShape, RecordPlan> plans = Enum.GetValues<RecordShape>()
        .ToDictionary(shape => shape, shape => RecordPlan.For(shape, catalogue));

    private readonly ConditionalWeakTable<FieldView, FieldView[]> parts = [];

    public RecordPlan this[RecordShape shape] => plans[shape];

    /// <summary>The parts of a group that DCI has a name for, in canonical order.</summary>
    public FieldView[] Parts(FieldView field) =>
        parts.GetValue(
            field,
            f =>
                [
                    .. f
                        .Parts.Where(part => part.DciPath is not null)
                        .OrderBy(part => part.DciPath, StringComparer.Ordinal),
                ]
        );
}

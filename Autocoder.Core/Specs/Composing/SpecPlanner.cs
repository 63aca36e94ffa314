using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>Makes the plan of an application from answers. The order of the parts never changes.</summary>
internal static class SpecPlanner
{
    public static Plan Make(InterviewAnswers answers)
    {
        var plan = new Plan(new PlanContext(answers));
        if (answers.Has(QuestionIds.Storage) && answers.StoresData)
        {
            InfrastructureFeatures.Add(plan);
        }

        if (!answers.Has(QuestionIds.FirstLook))
        {
            return plan;
        }

        var basics = new BasicFeatures(plan);
        basics.FirstScreen();
        basics.Actions(QuestionIds.Actions, "main/");
        new AccountFeatures(plan).Add();
        foreach (var entity in plan.Context.Entities)
        {
            new EntityFeatures(plan, entity).Add();
            EntityData.Add(plan, entity);
        }

        new SharingFeatures(plan).Add();
        basics.Search();
        new AreaFeatures(plan).Add();
        basics.Mobile();
        basics.Edges();
        basics.Actions(QuestionIds.Breakdown, "more/");
        return plan;
    }
}

"""What free Cypher may use: operators of plans, procedures and functions; everything else is refused."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OPERATORS = _words(
    """
    ProduceResults EmptyResult EmptyRow Argument Projection CacheProperties Filter Distinct OrderedDistinct
    Limit ExhaustiveLimit Skip Sort PartialSort Top PartialTop Top1WithTies Eager EagerAggregation
    OrderedAggregation Unwind Union OrderedUnion Optional Apply SemiApply AntiSemiApply SelectOrSemiApply
    SelectOrAntiSemiApply LetSemiApply LetAntiSemiApply LetSelectOrSemiApply LetSelectOrAntiSemiApply
    ConditionalApply AntiConditionalApply RollUpApply ConditionalSemiApply AssertSameNode
    AssertSameRelationship CartesianProduct NodeHashJoin ValueHashJoin NodeLeftOuterHashJoin
    NodeRightOuterHashJoin TriadicSelection TriadicBuild TriadicFilter AllNodesScan NodeByLabelScan
    UnionNodeByLabelsScan IntersectionNodeByLabelsScan SubtractionNodeByLabelsScan NodeIndexSeek
    NodeUniqueIndexSeek MultiNodeIndexSeek NodeIndexSeekByRange NodeUniqueIndexSeekByRange NodeIndexScan
    NodeIndexContainsScan NodeIndexEndsWithScan NodeCountFromCountStore RelationshipCountFromCountStore
    DirectedAllRelationshipsScan UndirectedAllRelationshipsScan DirectedRelationshipTypeScan
    UndirectedRelationshipTypeScan DirectedUnionRelationshipTypesScan UndirectedUnionRelationshipTypesScan
    DirectedRelationshipIndexSeek UndirectedRelationshipIndexSeek DirectedRelationshipIndexSeekByRange
    UndirectedRelationshipIndexSeekByRange DirectedRelationshipIndexScan UndirectedRelationshipIndexScan
    DirectedRelationshipIndexContainsScan UndirectedRelationshipIndexContainsScan
    DirectedRelationshipIndexEndsWithScan UndirectedRelationshipIndexEndsWithScan
    DirectedRelationshipUniqueIndexSeek UndirectedRelationshipUniqueIndexSeek Expand(All) Expand(Into)
    OptionalExpand(All) OptionalExpand(Into) VarLengthExpand(All) VarLengthExpand(Into)
    VarLengthExpand(Pruning) VarLengthExpand(Pruning,BFS) VarLengthExpand(Pruning,BFS,All)
    VarLengthExpand(Pruning,BFS,Into) PruningVarLengthExpand BFSPruningVarLengthExpand Repeat(Trail)
    BidirectionalRepeat(Trail) ProjectEndpoints ShortestPath StatefulShortestPath(All)
    StatefulShortestPath(Into) NonFuse PreserveOrder ProcedureCall
    """
)

PROCEDURES = _words(
    """
    db.labels db.relationshipTypes db.propertyKeys db.schema.visualization db.schema.nodeTypeProperties
    db.schema.relTypeProperties db.index.fulltext.queryNodes db.index.fulltext.queryRelationships
    db.index.fulltext.listAvailableAnalyzers
    """
)

FUNCTIONS = _words(
    """
    abs acos all allshortestpaths any asin atan atan2 avg btrim ceil char_length character_length coalesce
    collect cos cosh cot count date date.fromepoch date.realtime date.statement date.transaction
    date.truncate datetime datetime.fromepoch datetime.fromepochmillis datetime.realtime datetime.statement
    datetime.transaction datetime.truncate degrees duration duration.between duration.indays
    duration.inmonths duration.inseconds e endnode exists exp floor haversin head isempty isnan keys labels
    last left length localdatetime localdatetime.truncate localtime localtime.truncate log log10 lower ltrim
    max min nodes none normalize nullif percentilecont percentiledisc pi point point.distance
    point.withinbbox properties radians rand range reduce relationships replace reverse right round rtrim
    shortestpath sign sin single sinh size split sqrt startnode stdev stdevp substring sum tail tan tanh
    time time.truncate timestamp toboolean tobooleanlist tobooleanornull tofloat tofloatlist tofloatornull
    tointeger tointegerlist tointegerornull tolower tostring tostringlist tostringornull toupper trim type
    upper valuetype
    """
)

# Words of the language that may stand before a round bracket without being a function.
BEFORE_BRACKET = _words(
    """
    ALL AND ANY AS ASC BY CALL CASE CONTAINS DESC DISTINCT ELSE EXISTS GROUPS IN IS LIMIT MATCH NOT ON
    OPTIONAL OR ORDER PATH PATHS RETURN SHORTEST SKIP OFFSET THEN UNION UNWIND WHEN WHERE WITH XOR YIELD
    """
)

# A statement begins with one of STARTS. The other two name writing and administration, so that a refusal can say so;
# a variable may be called `start`, so those words count only at the beginning.
STARTS = _words(
    """
    CALL MATCH OPTIONAL RETURN UNWIND WITH
    """
)
REFUSED_STARTS = _words(
    """
    ASSIGN DISABLE DRYRUN ENABLE FINISH RENAME START STOP USING
    """
)
REFUSED_WORDS = _words(
    """
    ALTER CREATE CYPHER DEALLOCATE DELETE DENY DETACH DROP EXPLAIN FOREACH GRANT INSERT LOAD MERGE NODETACH
    PROFILE REALLOCATE REMOVE REVOKE SET SHOW TERMINATE TRANSACTIONS USE
    """
)

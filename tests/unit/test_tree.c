#include "loader/lib/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/random.h"

#define ELEMENTS 300u
#define STEPS    30000u
/* An AVL tree of 300 elements is no higher. */
#define HEIGHT_MAX 11

/* Keys are even, so that there are some between them. */
struct element {
    struct tree_node node;
    unsigned int key;
    unsigned int weight;
    unsigned int weight_below; /* and its own */
};

static struct element elements[ELEMENTS];
static bool is_there[ELEMENTS];

static struct element *element_of(const struct tree_node *node)
{
    return node ? container_of(node, struct element, node) : NULL;
}

static int compare(const void *key, const struct tree_node *node)
{
    return tree_compare_numbers(*(const unsigned int *)key, element_of(node)->key);
}

static unsigned int weight_below(const struct tree_node *node)
{
    return node ? element_of(node)->weight_below : 0;
}

/* Often 0, so that it often stays what it was. */
static bool add_weights(struct tree_node *node)
{
    unsigned int before = weight_below(node);

    element_of(node)->weight_below =
        element_of(node)->weight + weight_below(node->child[0]) + weight_below(node->child[1]);
    return weight_below(node) != before;
}

static struct tree tree;

static int start_empty(void **state)
{
    (void)state;
    tree = (struct tree){.compare = compare, .update = add_weights};
    memset(is_there, 0, sizeof(is_there));
    for (unsigned int i = 0; i < ELEMENTS; i++)
        elements[i] =
            (struct element){.weight_below = 7, .key = 2 * i, .weight = i % 7 == 0 ? i : 0};
    return 0;
}

static void add(unsigned int index)
{
    tree_insert(&tree, &elements[index].node, &elements[index].key);
    is_there[index] = true;
}

static void take(unsigned int index)
{
    tree_remove(&tree, &elements[index].node);
    is_there[index] = false;
}

/* Number of elements below and at `node`; everything about them is as it must be. */
static unsigned int check_below(const struct tree_node *node, const struct tree_node *parent)
{
    int height[2] = {0, 0};
    unsigned int count = 1;
    unsigned int weight = element_of(node)->weight;

    assert_ptr_equal((void *)(uintptr_t)node->parent, parent);
    for (int side = 0; side < 2; side++) {
        const struct tree_node *child = node->child[side];

        if (!child)
            continue;
        assert_true(side ? element_of(child)->key > element_of(node)->key
                         : element_of(child)->key < element_of(node)->key);
        count += check_below(child, node);
        height[side] = child->height;
        weight += element_of(child)->weight_below;
    }
    assert_in_range(height[0] - height[1] + 1, 0, 2);
    assert_int_equal(node->height, 1 + (height[0] > height[1] ? height[0] : height[1]));
    assert_int_equal(element_of(node)->weight_below, weight);
    return count;
}

static void check_order(void)
{
    const struct tree_node *node = tree_first(&tree);
    const struct tree_node *before = NULL;

    for (unsigned int i = 0; i < ELEMENTS; i++) {
        if (!is_there[i])
            continue;
        assert_ptr_equal(node, &elements[i].node);
        assert_ptr_equal(tree_previous(node), before);
        before = node;
        node = tree_next(node);
    }
    assert_null(node);
}

static void check_tree(void)
{
    unsigned int count = 0;

    for (unsigned int i = 0; i < ELEMENTS; i++) {
        count += is_there[i];
        assert_int_equal(tree_node_is_linked(&elements[i].node), is_there[i]);
    }
    assert_int_equal(tree.root ? check_below(tree.root, NULL) : 0, count);
    assert_true(!tree.root || tree.root->height <= HEIGHT_MAX);
    check_order();
}

static void check_find(unsigned int key)
{
    unsigned int index = (key + 1) / 2;

    assert_ptr_equal(tree_find(&tree, &key), key % 2 == 0 && key / 2 < ELEMENTS && is_there[key / 2]
                                                 ? &elements[key / 2].node
                                                 : NULL);
    while (index < ELEMENTS && !is_there[index])
        index++;
    assert_ptr_equal(tree_find_from(&tree, &key), index < ELEMENTS ? &elements[index].node : NULL);
}

static void test_empty(void **state)
{
    (void)state;
    check_tree();
    check_find(0);
    check_find(7);
}

static void test_ascending(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < ELEMENTS; i++) {
        add(i);
        check_tree();
    }
    for (unsigned int key = 0; key <= 2 * ELEMENTS; key++)
        check_find(key);
    for (unsigned int i = 0; i < ELEMENTS; i++) {
        take(i);
        check_tree();
    }
}

static void test_descending(void **state)
{
    (void)state;
    for (unsigned int i = ELEMENTS; i-- > 0;) {
        add(i);
        check_tree();
    }
    for (unsigned int i = ELEMENTS; i-- > 0;) {
        take(i);
        check_tree();
    }
}

static void test_random_changes_agree_with_the_model(void **state)
{
    (void)state;
    random_seed(3);
    for (unsigned int i = 0; i < STEPS; i++) {
        unsigned int index = random_below(ELEMENTS);

        if (is_there[index])
            take(index);
        else
            add(index);
        check_find(random_below(2 * ELEMENTS + 2));
        if (i % 16 == 0)
            check_tree();
    }
}

static void test_a_changed_element_updates_those_above(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < ELEMENTS; i++)
        add(i);
    for (unsigned int i = 0; i < ELEMENTS; i++) {
        elements[i].weight += 100;
        tree_changed(&tree, &elements[i].node);
        check_tree();
    }
}

static void test_a_moved_element_keeps_its_place(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < ELEMENTS; i++)
        add(i);
    for (unsigned int i = 0; i < ELEMENTS; i++) {
        struct element elsewhere = elements[i];

        tree_moved(&tree, &elements[i].node, &elsewhere.node);
        memset(&elements[i], 0, sizeof(elements[i]));
        assert_ptr_equal(tree_find(&tree, &elsewhere.key), &elsewhere.node);
        assert_int_equal(check_below(tree.root, NULL), ELEMENTS);
        elements[i] = elsewhere;
        tree_moved(&tree, &elsewhere.node, &elements[i].node);
        check_tree();
    }
}

static void test_without_update(void **state)
{
    (void)state;
    tree.update = NULL;
    for (unsigned int i = 0; i < ELEMENTS; i++)
        add(i * 7 % ELEMENTS);
    check_order();
    for (unsigned int i = 0; i < ELEMENTS; i++) {
        take(i);
        check_order();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_empty, start_empty),
        cmocka_unit_test_setup(test_ascending, start_empty),
        cmocka_unit_test_setup(test_descending, start_empty),
        cmocka_unit_test_setup(test_random_changes_agree_with_the_model, start_empty),
        cmocka_unit_test_setup(test_a_changed_element_updates_those_above, start_empty),
        cmocka_unit_test_setup(test_a_moved_element_keeps_its_place, start_empty),
        cmocka_unit_test_setup(test_without_update, start_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
